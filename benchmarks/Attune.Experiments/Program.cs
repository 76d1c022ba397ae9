using Attune.Experiments;
using Attune.Problems;

await using var source = new ExperimentSource();
await new EvaluatorServer(source).ServeAsync(Console.In, Console.Out);
