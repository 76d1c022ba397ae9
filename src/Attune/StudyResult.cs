using Attune.Histories;

namespace Attune;

/// <summary>How a typed study ended.</summary>
/// <typeparam name="T">The record whose members are the parameters.</typeparam>
public sealed class StudyResult<T>
    where T : notnull
{
    private readonly TypedSpace<T> _space;

    internal StudyResult(RunSummary summary, TypedSpace<T> space)
    {
        (Reason, History) = (summary.Reason, summary.History);
        _space = space;
    }

    /// <summary>Why nothing more was started; none when the caller cancelled.</summary>
    public StopReason Reason { get; }

    /// <summary>The study at the end.</summary>
    public History History { get; }

    /// <summary>The best trial of a single-objective problem.</summary>
    /// <exception cref="InvalidOperationException">No trial completed, or there are several objectives (see
    /// <see cref="Front"/>).</exception>
    public Trial BestTrial => History.Best ?? throw new InvalidOperationException(
        History.Problem.IsSingleObjective ? $"No trial completed. {LastFailure()}" : "There are several objectives: look at the front.");

    /// <summary>The best parameters of a single-objective problem.</summary>
    /// <exception cref="InvalidOperationException">No trial completed, or there are several objectives.</exception>
    public T Best => _space.Materialize(BestTrial.Configuration!);

    /// <summary>The best value of a single-objective problem, in its own direction.</summary>
    /// <exception cref="InvalidOperationException">No trial completed, or there are several objectives.</exception>
    public double BestValue => BestTrial.Values(History.Problem)[0];

    /// <summary>
    /// The trial whose configuration to take. Where measurements may be noisy and the sampler has a model, that is the one with the best
    /// predicted value, since the best measured one was lucky; else it is <see cref="BestTrial"/>. <see cref="History.Recommendation"/>
    /// holds the prediction and its interval.
    /// </summary>
    /// <exception cref="InvalidOperationException">No trial completed, or there are several objectives.</exception>
    public Trial RecommendedTrial =>
        History.IsRecommendationCurrent ? History.Trials[History.Recommendation!.Trial] : BestTrial;

    /// <summary>The parameters of <see cref="RecommendedTrial"/>.</summary>
    /// <exception cref="InvalidOperationException">No trial completed, or there are several objectives.</exception>
    public T Recommended => _space.Materialize(RecommendedTrial.Configuration!);

    /// <summary>The trials that no other dominates, with their parameters.</summary>
    public IEnumerable<(T Parameters, Trial Trial)> Front =>
        History.Front.Select(number => History.Trials[number]).Select(trial => (_space.Materialize(trial.Configuration!), trial));

    private string LastFailure()
    {
        var failed = History.Trials.LastOrDefault(trial => trial.Failure is not null);
        return failed is null ? "Nothing was run." : $"The last one that failed, trial {failed.Number}, says: {failed.Failure!.Reason}";
    }
}
