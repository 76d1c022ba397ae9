using Attune.Algorithms;
using Attune.Sampling;
using Attune.Testing;
using BenchmarkDotNet.Attributes;

namespace Attune.Microbenchmarks;

/// <summary>
/// A suggestion with the tell before it: the mean over the eight that follow a number of finished trials. The sampler has seen those trials
/// one by one, as in a study that is running, and has made two suggestions before the clock starts.
/// </summary>
[MemoryDiagnoser]
public class SuggestionBenchmarks
{
    private const int Suggestions = 8;
    private const ulong Seed = 1;

    private readonly Problem _five = new(MixedSpace.Of(5), [new("loss")]);
    private readonly Problem _twenty = new(MixedSpace.Of(20), [new("loss")]);
    private readonly Problem _hundred = new(MixedSpace.Of(100), [new("loss")]);
    private JournalScript _script = null!;
    private ISampler _sampler = null!;
    private Problem _problem = null!;

    /// <summary>The name of the sampler, with its default options.</summary>
    [ParamsSource(nameof(Samplers))]
    public string Sampler { get; set; } = "";

    /// <summary>How many trials are finished.</summary>
    [Params(10, 100, 1_000, 10_000)]
    public int Trials { get; set; }

    /// <summary>How many parameters there are.</summary>
    [Params(5, 20, 100)]
    public int Parameters { get; set; }

    /// <summary>Every sampler that has something to propose for any space.</summary>
    public static IEnumerable<string> Samplers =>
        MethodRegistry.Default.Samplers.Select(sampler => sampler.Name).Where(name => name != "grid");

    /// <summary>Makes the trials: drawn at random, so that every sampler learns from the same.</summary>
    [IterationSetup]
    public void Prepare()
    {
        _problem = Parameters switch { 5 => _five, 20 => _twenty, _ => _hundred };
        var descriptor = MethodRegistry.Default.DescribeSampler(Sampler);
        var budget = new Budget { Trials = Trials + Suggestions + 2 };
        _sampler = MethodRegistry.Default.CreateSampler(descriptor, new(_problem, Seed, budget));
        _script = new(JournalScript.Define(_problem, Seed, descriptor) with { Budget = budget }, [_sampler]);
        foreach (var configuration in MixedSpace.Sample(_problem.Space, Trials, Seed))
            Tell(_script.Start(new Proposal(configuration)));
        Suggest();
        Suggest();
    }

    /// <summary>Suggests, starts and tells.</summary>
    [Benchmark(OperationsPerInvoke = Suggestions)]
    public void SuggestAndTell()
    {
        for (var i = 0; i < Suggestions; i++)
            Suggest();
    }

    private void Suggest()
    {
        var history = _script.History;
        Tell(_script.Start(_sampler.Propose(new(history, history.Trials.Count, history.SamplerIndex), 1)[0]));
    }

    private void Tell(int trial) =>
        _script.Complete(trial, new("loss", MixedSpace.Loss(_problem.Space, _script.History.Trials[trial].Configuration!)));
}
