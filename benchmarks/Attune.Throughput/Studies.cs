using Attune.Algorithms;
using Attune.Events;

namespace Attune.Throughput;

/// <summary>The study that both benchmarks store: ten float parameters, one objective, random search.</summary>
internal static class Studies
{
    internal const string Name = "throughput";

    internal static StudyOptions Options { get; } = new() { Catalog = MethodRegistry.Default };

    internal static StudyDefinition Define(int? trials)
    {
        var builder = new SearchSpaceBuilder();
        for (var i = 0; i < 10; i++)
            builder.Float($"x{i}", -5, 10);
        var methods = MethodRegistry.Default;
        return new(new(builder.Build(), [new("loss")]), Seed: 1, methods.DescribeSampler("random"),
            methods.DescribeScheduler("run-to-completion"))
        {
            Budget = new() { Trials = trials },
        };
    }
}
