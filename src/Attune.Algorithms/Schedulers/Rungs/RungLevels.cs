using System.Collections.Immutable;
using Attune.Internal;

namespace Attune.Algorithms.Schedulers;

/// <summary>The resources at which trials are compared: geometric, ascending, whole numbers where the fidelity wants them, all
/// different.</summary>
internal static class RungLevels
{
    // Programs compute with what they are told; the last digits may differ.
    private const double Tolerance = 1e-9;

    /// <summary>Levels that grow from the least resource, r·η^k, with the maximum as the last one.</summary>
    /// <remarks>The last level below the maximum is left out when the maximum is less than √η times as large: it would say the
    /// same.</remarks>
    internal static ImmutableArray<double> Up(Fidelity fidelity, double eta, double least, double most)
    {
        var levels = ImmutableArray.CreateBuilder<double>();
        for (var k = 0; least * Math.Pow(eta, k) * Math.Sqrt(eta) <= most * (1 + Tolerance); k++)
            Add(levels, Whole(fidelity, least * Math.Pow(eta, k)), most);
        if (levels.Count == 0 && least < most)
            levels.Add(least);
        levels.Add(most);
        return levels.ToImmutable();
    }

    /// <summary>Levels that shrink from the maximum, R·η^(−k), as long as they are not below the least.</summary>
    internal static ImmutableArray<double> Down(Fidelity fidelity, double eta, double least, double most)
    {
        var levels = new List<double> { most };
        for (var k = 1; most * Math.Pow(eta, -k) >= least * (1 - Tolerance); k++)
        {
            var level = Math.Max(least, Whole(fidelity, most * Math.Pow(eta, -k)));
            if (level < levels[^1] * (1 - Tolerance))
                levels.Add(level);
        }

        levels.Reverse();
        return [.. levels];
    }

    /// <summary>Whether a measured resource has reached a level.</summary>
    internal static bool Reaches(double? resource, double level) => resource >= level * (1 - Tolerance);

    /// <summary>How many of n trials are one of η: ⌊n/η⌋.</summary>
    internal static int Share(int count, double eta) => (int)Math.Floor((count / eta) + Tolerance);

    /// <summary>Checks what a scheduler of rungs is made from.</summary>
    /// <returns>The fidelity with the least and the most resource.</returns>
    /// <exception cref="ProblemException">There is no fidelity, or a resource lies outside it.</exception>
    internal static (Fidelity Fidelity, double Least, double Most) Check(
        MethodDescriptor descriptor, Problem problem, double? least, double? most, string leastOption = "min_resource")
    {
        var title = $"Scheduler '{descriptor.Name}'";
        var fidelity = problem.Fidelity ?? throw new ProblemException(
            $"{title} needs a fidelity: the resource (such as epochs) of which a trial may get more or less; the problem has none. "
            + "Add one, or take 'run-to-completion'.");
        var range = $"from {NumberText.Exact(fidelity.Low)} to {NumberText.Exact(fidelity.High)} ({fidelity.Name})";
        CheckOne("max_resource", most, fidelity.Low, fidelity.High, range);
        var end = most ?? fidelity.High;
        var upTo = most is null
            ? range
            : $"from {NumberText.Exact(fidelity.Low)} to max_resource, {NumberText.Exact(end)} ({fidelity.Name})";
        CheckOne(leastOption, least, fidelity.Low, end, upTo);
        if (end < fidelity.High
            && problem.Objectives.FirstOrDefault(objective => objective.Reduction == Reduction.AtFullFidelity) is { } full)
        {
            throw new ProblemException(
                $"{title}: option 'max_resource' is {NumberText.Exact(end)}, but the objective '{full.Metric}' counts at full "
                + "fidelity only, "
                + $"{NumberText.Exact(fidelity.High)} ({fidelity.Name}); leave the option out, or take another reduction.");
        }

        return (fidelity, least ?? fidelity.Low, end);

        void CheckOne(string option, double? value, double low, double high, string allowed)
        {
            if (value is not { } number)
                return;
            if (!(number >= low && number <= high))
                throw new ProblemException($"{title}: option '{option}' is {NumberText.Exact(number)}; allowed is a number {allowed}.");
            if (fidelity.IsInteger && number != Math.Floor(number))
            {
                throw new ProblemException(
                    $"{title}: option '{option}' is {NumberText.Exact(number)}; allowed is a whole number {allowed}.");
            }
        }
    }

    private static void Add(ImmutableArray<double>.Builder levels, double level, double most)
    {
        if (level < most && (levels.Count == 0 || level > levels[^1]))
            levels.Add(level);
    }

    private static double Whole(Fidelity fidelity, double level) =>
        fidelity.IsInteger ? Math.Round(level, MidpointRounding.AwayFromZero) : level;
}
