using System.Collections.Immutable;
using Attune.Histories;

namespace Attune.Algorithms.Schedulers;

/// <summary>A bracket whose last rung moves up whenever the order of the trials in it is not that of the rung below.</summary>
/// <remarks>
/// Orders are compared softly: a trial may stand wherever, in the rung below, the trial of that place is within ε of it. With several
/// objectives they are compared strictly. The first <see cref="Compared"/> trials of the last rung are looked at.
/// </remarks>
internal sealed class PashaBracket(Problem problem, ImmutableArray<double> levels, double eta) : AshaBracket(problem, levels, eta)
{
    /// <summary>How many trials are compared at most.</summary>
    internal const int Compared = 64;

    private int _top = Math.Min(1, levels.Length - 1);

    /// <inheritdoc/>
    internal override int Top => _top;

    /// <summary>The difference of losses that is taken for noise.</summary>
    internal double Epsilon { get; private set; }

    /// <inheritdoc/>
    internal override void Entered(int rung, History history)
    {
        if (rung != _top || _top == Levels.Length - 1)
            return;
        var curves = this[_top].First(Compared).Where(item => !item.Standing.IsWorst)
            .Select(item => LossCurve.Of(history.Problem, history.Trials[item.Trial])).ToArray();
        var isStable = history.Problem.IsSingleObjective ? IsSoftlyStable(curves) : IsStable(curves);
        if (!isStable)
            _top++;
    }

    private bool IsSoftlyStable(LossCurve[] curves)
    {
        Epsilon = RankingNoise.Estimate(curves) ?? Epsilon;
        var values = curves.Select(curve => (Before: curve.At(Levels[_top - 1])?[0], Now: curve.At(Levels[_top])?[0]))
            .Where(pair => pair is { Before: not null, Now: not null }).Select(pair => (Before: pair.Before!.Value, Now: pair.Now!.Value))
            .ToArray();
        var (before, now) = (values.OrderBy(pair => pair.Before).ToArray(), values.OrderBy(pair => pair.Now).ToArray());
        for (var place = 0; place < now.Length; place++)
        {
            if (Math.Abs(now[place].Before - before[place].Before) > Epsilon)
                return false;
        }

        return true;
    }

    private bool IsStable(LossCurve[] curves)
    {
        var values = curves.Select(curve => (Before: curve.At(Levels[_top - 1]), Now: curve.At(Levels[_top])))
            .Where(pair => pair is { Before: not null, Now: not null }).ToArray();
        return Order(values.Select(pair => pair.Before!.Value)).SequenceEqual(Order(values.Select(pair => pair.Now!.Value)));

        static int[] Order(IEnumerable<ImmutableArray<double>> losses) =>
            ParetoOrder.Sort([.. losses.Select(vector => new Standing(0, vector[0], vector))]);
    }
}
