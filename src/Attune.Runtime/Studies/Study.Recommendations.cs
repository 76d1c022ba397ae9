using Attune.Events;
using Attune.Histories;
using Attune.Studies;

namespace Attune;

/// <content>Recommendations: which evaluated configuration to take where measurements are noisy.</content>
public sealed partial class Study
{
    /// <summary>The method of a recommendation that names the best measured trial, because no model chose: <c>best-observed</c>.</summary>
    public const string BestObserved = "best-observed";

    /// <summary>
    /// The trial whose configuration to take. Where measurements may be noisy and the sampler has a model, that is the one with the best
    /// predicted value, since the best measured one was lucky; else the best measured one.
    /// </summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The recommendation that the journal holds, if no trial has finished since, or a new one, which is not written; null when no
    /// trial completed, or there are several objectives.</returns>
    public async ValueTask<Recommended?> RecommendAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (known, observed, feed) = await _log.ReadAsync(recorder => (
            recorder.History.IsRecommendationCurrent ? recorder.History.Recommendation : null,
            recorder.History.Best is { } best ? new Recommended(best.Number, recorder.History.Position, BestObserved) : null,
            Recommender(recorder.History))).ConfigureAwait(false);
        if (known is not null || observed is null || feed is null)
            return known ?? observed;
        return Recommend(feed)?.Recommended ?? observed;
    }

    /// <summary>Writes down what the model recommends at the end of a run, unless that stands there already or others go on.</summary>
    private async ValueTask RecordRecommendationAsync()
    {
        var feed = await _log.ReadAsync(recorder =>
            recorder.History.Running.Count == 0 && !recorder.History.IsRecommendationCurrent ? Recommender(recorder.History) : null)
            .ConfigureAwait(false);
        if (feed is null || Recommend(feed) is not { } made)
            return;

        // Whoever finishes a trial meanwhile ends its own run later, and recommends then.
        await _log.CommitAsync(recorder => !recorder.History.IsRecommendationCurrent && recorder.History.FinishedCount == made.Finished
            ? recorder.Append(made.Recommended) : 0).ConfigureAwait(false);
    }

    private SamplerFeed? Recommender(History history) =>
        history.Best is not null && history.Problem.Objectives[0].Noise != Noise.Deterministic ? _log.Feed : null;

    private (Recommended Recommended, int Finished)? Recommend(SamplerFeed feed)
    {
        try
        {
            return feed.Recommend(_options.Parallelism);
        }
        catch
        {
            // It may have observed half of what there was to observe.
            _log.Distrust();
            throw;
        }
    }
}
