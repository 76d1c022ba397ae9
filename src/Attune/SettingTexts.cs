using System.Globalization;
using Attune.Internal;
using Attune.Serialization;

namespace Attune;

/// <summary>Settings in words, for messages that say what differs.</summary>
internal static class SettingTexts
{
    internal static string Of(Objective objective)
    {
        var text = new List<string> { $"{JsonNames.Of(objective.Direction)} {objective.Metric}" };
        if (objective.Target is { } target)
            text.Add($"target {Of(target)}");
        if (objective.Reduction != Reduction.Last)
            text.Add($"reduction {JsonNames.Of(objective.Reduction)}");
        if (objective.Noise != Noise.Unknown)
            text.Add($"noise {JsonNames.Of(objective.Noise)}");
        if (objective.NoiseVariance is { } variance)
            text.Add($"noise variance {Of(variance)}");
        if (objective.ReferencePoint is { } reference)
            text.Add($"reference point {Of(reference)}");
        return string.Join(" with ", text);
    }

    internal static string Of(OutcomeConstraint constraint)
    {
        var least = constraint.AtLeast is { } low ? $"{Of(low)} ≤ " : "";
        return $"{least}{constraint.Metric}{(constraint.AtMost is { } high ? $" ≤ {Of(high)}" : "")}";
    }

    internal static string Of(Fidelity fidelity) =>
        $"{fidelity.Name} {Of(fidelity.Low)} … {Of(fidelity.High)}{(fidelity.Unit is { } unit ? $" {unit}" : "")}, "
        + $"{JsonNames.Of(fidelity.Scale)}, "
        + $"{(fidelity.IsInteger ? "whole" : "any")} amounts, {(fidelity.IsResumable ? "resumable" : "not resumable")}";

    internal static string Of(RetryPolicy retries) =>
        string.Create(CultureInfo.InvariantCulture, $"{retries.LostAttempts} attempts when lost and {retries.FailedAttempts} when failed");

    internal static string Of(IReadOnlyCollection<string> items) => items.Count == 0 ? "none" : string.Join(", ", items);

    internal static string Of(ulong number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Of(double number) => NumberText.Exact(number);
}
