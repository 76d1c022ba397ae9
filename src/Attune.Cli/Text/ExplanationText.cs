namespace Attune.Cli.Text;

/// <summary>Why a trial was proposed, for a person.</summary>
internal static class ExplanationText
{
    /// <summary>Writes what is known: nothing where the sampler says nothing.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="explanation">What the sampler said; null for nothing.</param>
    /// <param name="direction">Which way the objective is better.</param>
    /// <param name="value">What was measured; null for nothing yet.</param>
    /// <param name="nearestValue">The value of the nearest trial; null where there is none.</param>
    internal static void Write(TextWriter writer, Explanation? explanation, Direction direction, double? value, double? nearestValue)
    {
        if (explanation is null)
            return;
        writer.WriteLine("why it was proposed:");
        TrialText.Pairs(writer, [.. Facts(explanation, direction, value, nearestValue)
            .Select(fact => (fact.Name, Plain.Line(fact.Text)))]);
    }

    private static IEnumerable<(string Name, string Text)> Facts(
        Explanation explanation, Direction direction, double? value, double? nearestValue)
    {
        if (explanation.Method is { } method)
            yield return ("method", explanation.Why is { } why ? $"{method}: {why}" : method);
        if (explanation.Reason is { } reason)
            yield return ("chosen",
                explanation.Acquisition is { } gain ? $"{Words(reason)}, {reason} {Figures.Short(gain)}" : Words(reason));
        if (explanation.Mean is { } mean)
        {
            yield return ("predicted",
                $"{Figures.Short(mean)} ± {Figures.Short(explanation.Epistemic ?? 0)} (what the model does not know) "
                + $"± {Figures.Short(explanation.Aleatoric ?? 0)} (noise of a measurement)");
        }

        if (value is { } measured && explanation.Surprise(measured) is { } surprise)
            yield return ("measured", $"{Figures.Short(measured)}, {Compared(surprise, direction)}");
        if (explanation.Nearest is { } nearest)
        {
            var told = nearestValue is { } known ? $" with {Figures.Short(known)}" : " (no value)";
            var away = explanation.Distance is { } distance ? $", {Figures.Short(distance)} away in the unit cube" : "";
            yield return ("nearest", $"trial {Figures.Count(nearest)}{told}{away}");
        }
    }

    private static string Words(string reason) => reason switch
    {
        "design" => "a point of the initial design",
        "random" => "a random configuration",
        "log-ei" => "the largest expected improvement",
        "ucb" => "the most optimistic prediction",
        "density-ratio" => "the largest ratio of the density of good trials to that of the others",
        _ => $"by {reason}",
    };

    private static string Compared(double surprise, Direction direction)
    {
        var isBetter = surprise < 0 == (direction == Direction.Minimize);
        var size = Math.Abs(surprise);
        var verdict = size switch
        {
            <= 1 => "as expected",
            <= 2 => "within what was expected",
            <= 3 => "a surprise",
            _ => "a great surprise",
        };
        return $"{size.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)} standard deviations "
            + $"{(isBetter ? "better" : "worse")} than predicted: {verdict}";
    }
}
