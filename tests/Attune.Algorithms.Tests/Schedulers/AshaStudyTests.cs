using System.Collections.Concurrent;
using Attune.Execution;
using Attune.Journals;

namespace Attune.Algorithms.Tests.Schedulers;

public sealed class AshaStudyTests
{
    [Fact]
    public async Task RunAsync_FunctionThatReturnsItsLoss_IsPausedPromotedAndRunToTheEnd()
    {
        var cancel = TestContext.Current.CancellationToken;
        var definition = new Events.StudyDefinition(
            SchedulerBench.Epochs(9), 1, MethodRegistry.Default.DescribeSampler("sobol"), MethodRegistry.Default.DescribeScheduler("asha"))
        {
            Budget = new() { Trials = 27 },
        };
        var resources = new ConcurrentBag<double?>();
        await using var store = new MemoryStore();
        await using var study = await Study.CreateAsync(store, "asha", definition, new() { Catalog = MethodRegistry.Default }, cancel);
        var summary = await study.RunAsync(
            DelegateExecutor.Of(trial =>
            {
                resources.Add(trial.Resource);
                return Math.Abs(trial.Configuration.GetDouble("x") - 0.3) + (1 / trial.Resource!.Value);
            }),
            cancellationToken: cancel);
        Assert.Equal(27, resources.Count(resource => resource == 1));
        Assert.InRange(resources.Count(resource => resource == 3), 9, 18);
        Assert.InRange(resources.Count(resource => resource == 9), 3, 9);
        Assert.Equal(resources.Count(resource => resource == 9), summary.History.CountOf(TrialState.Completed));
        Assert.Equal(27, summary.History.CountOf(TrialState.Completed) + summary.History.CountOf(TrialState.Paused));
        Assert.Equal(9, summary.Best!.Resource);
    }
}
