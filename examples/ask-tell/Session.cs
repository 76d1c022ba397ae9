using System.Globalization;
using Attune;

namespace AskTell;

/// <summary>A study by hand: it says what to try, we say what came of it.</summary>
public static class Session
{
    /// <summary>Tries configurations until the budget of 30 trials is used up, or as many as wanted.</summary>
    /// <param name="sampler">The name of the sampler.</param>
    /// <param name="most">How many at most; the next session goes on from there.</param>
    /// <param name="store">The SQLite file that holds the study.</param>
    /// <param name="output">Where the trials are shown.</param>
    /// <returns>The smallest value so far; null when there is none.</returns>
    public static async Task<double?> RunAsync(string sampler, int most, string store, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var space = new SearchSpaceBuilder()
            .Float("x", -5, 10)
            .Float("y", 0, 15)
            .Build();
        await using var opened = await Study.Create("branin", trials: 30, sampler: sampler).StoreIn(store).OpenAsync(space);
        var study = opened.Study;

        for (var count = 0; count < most && await study.AskAsync() is { } assignment; count++)
        {
            var value = Branin(assignment.Configuration.GetDouble("x"), assignment.Configuration.GetDouble("y"));
            await study.TellAsync(assignment, value);
            output.WriteLine(Invariant($"trial {assignment.Trial}: {assignment.Configuration} gives {value:F4}"));
        }

        var history = await study.SnapshotAsync();
        if (history.Best is not { } best)
            return null;
        var smallest = best.Values(history.Problem)[0];
        output.WriteLine(Invariant($"Best of {history.FinishedCount}: {best.Configuration} gives {smallest:F4}; the minimum is 0.3979."));
        return smallest;
    }

    // F. H. Branin (1972): three minima of the same value.
    private static double Branin(double x, double y)
    {
        var valley = y - (5.1 / (4 * Math.PI * Math.PI) * x * x) + (5 / Math.PI * x) - 6;
        return (valley * valley) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x)) + 10;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
