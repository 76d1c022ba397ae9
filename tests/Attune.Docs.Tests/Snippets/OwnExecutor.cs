using Attune;
using Attune.Execution;

namespace Snippets;

#region executor
public sealed class FarmExecutor(IFarm farm) : IExecutor
{
    public async Task<ExecutionResult> RunAsync(Assignment assignment, IMeasurementSink sink, CancellationToken cancellationToken)
    {
        try
        {
            var loss = await farm.EvaluateAsync(assignment.Configuration, assignment.Seed, cancellationToken);
            await sink.ReportAsync(Measurement.Of("loss", loss), cancellationToken);
            return new ExecutionResult.Completed();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new ExecutionResult.Interrupted();
        }
        catch (FarmException exception)
        {
            return new ExecutionResult.Failed(FailureKind.Error, exception.Message);
        }
    }
}
#endregion

public interface IFarm
{
    Task<double> EvaluateAsync(Configuration configuration, int seed, CancellationToken cancellationToken);
}

public sealed class FarmException(string message) : Exception(message);

public sealed class OwnExecutor : IFarm
{
    [Fact]
    public async Task Executor_Runs()
    {
        var space = new SearchSpaceBuilder().Float("x", 0, 1).Build();
        var farm = this;

        #region executor-use
        var summary = await Study.Create("farm", trials: 30)
            .Minimize("loss")
            .WithParallelism(8)
            .RunAsync(space, new FarmExecutor(farm));
        #endregion

        Assert.Equal(30, summary.History.FinishedCount);
        Assert.Contains(summary.History.Trials, trial => trial.Failure?.Reason == "the machine is broken");
        Assert.Contains(summary.History.Trials, trial => trial.State == TrialState.Completed);
    }

    public Task<double> EvaluateAsync(Configuration configuration, int seed, CancellationToken cancellationToken) => seed % 3 == 0
        ? throw new FarmException("the machine is broken")
        : Task.FromResult(configuration.GetDouble("x"));
}
