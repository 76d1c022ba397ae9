using System.Collections.Immutable;
using static Attune.Problems.AnalyticFunctions;

namespace Attune.Problems;

/// <summary>Problems with several objectives whose fronts are known, all minimised.</summary>
/// <remarks>ZDT: E. Zitzler, K. Deb, L. Thiele, Comparison of multiobjective evolutionary algorithms, Evolutionary Computation 8, 2000.
/// DTLZ: K. Deb, L. Thiele, M. Laumanns, E. Zitzler, Scalable test problems for evolutionary multiobjective optimization, 2005.</remarks>
internal static class FrontProblems
{
    internal delegate double[] Function(ReadOnlySpan<double> x);

    /// <summary>The three that the reference evaluator has too, then the others of both families that real vectors suit.</summary>
    internal static IEnumerable<BenchmarkProblem> All()
    {
        // The dominated share of the box, by integrating over the front: 1 − ∫ f₂ / 10 with f₂ = 1 − √f₁; for ZDT3 over the lowest value
        // so far, in five pieces; for DTLZ2 the box without an eighth of the unit ball.
        yield return Front("zdt1_6", "analytic_mo", Box(6), [new(0, 1), new(0, 10)], 1 - (1.0 / 30), Zdt1);
        yield return Front("zdt3_6", "analytic_mo", Box(6), [new(0, 1), new(-0.78, 10)], 0.9317649357536508, Zdt3);
        yield return Front("dtlz2_7_3", "analytic_mo", Box(7), Cube(3, 2.25), 1 - (Math.PI / 6 / Math.Pow(2.25, 3)), x => Dtlz2(x, 3, 1));

        yield return Front("zdt2_6", "zdt_dtlz", Box(6), [new(0, 1), new(0, 10)], 1 - (2.0 / 30), Zdt2);
        yield return Front("zdt4_6", "zdt_dtlz", Zdt4Space(), [new(0, 1), new(0, 100)], 1 - (1.0 / 300), Zdt4);
        yield return Front("zdt6_6", "zdt_dtlz", Box(6), [new(0, 1), new(0, 10)], 0.67989771771978, Zdt6);
        yield return Front("dtlz1_7_3", "zdt_dtlz", Box(7), Cube(3, 100), 1 - (1.0 / 48 / 1e6), x => Dtlz1(x, 3));
        yield return Front("dtlz2_6_2", "zdt_dtlz", Box(6), Cube(2, 2.25), 1 - (Math.PI / 4 / Math.Pow(2.25, 2)), x => Dtlz2(x, 2, 1));
        yield return Front("dtlz4_7_3", "zdt_dtlz", Box(7), Cube(3, 2.25), 1 - (Math.PI / 6 / Math.Pow(2.25, 3)), x => Dtlz2(x, 3, 100));
    }

    /// <summary>The front is f₂ = 1 − √f₁.</summary>
    private static double[] Zdt1(ReadOnlySpan<double> x)
    {
        var g = ZdtDistance(x);
        return [x[0], g * (1 - Math.Sqrt(x[0] / g))];
    }

    /// <summary>The front is f₂ = 1 − f₁².</summary>
    private static double[] Zdt2(ReadOnlySpan<double> x)
    {
        var g = ZdtDistance(x);
        return [x[0], g * (1 - Square(x[0] / g))];
    }

    /// <summary>The front is in five pieces.</summary>
    private static double[] Zdt3(ReadOnlySpan<double> x)
    {
        var g = ZdtDistance(x);
        return [x[0], g * (1 - Math.Sqrt(x[0] / g) - (x[0] / g * Math.Sin(10 * Math.PI * x[0])))];
    }

    /// <summary>The front of <see cref="Zdt1"/> behind 21^(n−1) local ones.</summary>
    private static double[] Zdt4(ReadOnlySpan<double> x)
    {
        var g = 1 + (10.0 * (x.Length - 1));
        for (var i = 1; i < x.Length; i++)
            g += (x[i] * x[i]) - (10 * Math.Cos(4 * Math.PI * x[i]));
        return [x[0], g * (1 - Math.Sqrt(x[0] / g))];
    }

    /// <summary>The front of <see cref="Zdt2"/>, from f₁ ≈ 0.2808 on, where few points lie.</summary>
    private static double[] Zdt6(ReadOnlySpan<double> x)
    {
        var first = 1 - (Math.Exp(-4 * x[0]) * Math.Pow(Math.Sin(6 * Math.PI * x[0]), 6));
        var sum = 0.0;
        for (var i = 1; i < x.Length; i++)
            sum += x[i];
        var g = 1 + (9 * Math.Pow(sum / (x.Length - 1), 0.25));
        return [first, g * (1 - Square(first / g))];
    }

    private static double ZdtDistance(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        for (var i = 1; i < x.Length; i++)
            sum += x[i];
        return 1 + (9.0 / (x.Length - 1) * sum);
    }

    /// <summary>The front is the plane Σ f = 1/2, behind many local ones.</summary>
    private static double[] Dtlz1(ReadOnlySpan<double> x, int objectives)
    {
        var count = x.Length - objectives + 1;
        double g = count;
        for (var i = objectives - 1; i < x.Length; i++)
            g += Square(x[i] - 0.5) - Math.Cos(20 * Math.PI * (x[i] - 0.5));
        var values = new double[objectives];
        for (var i = 0; i < objectives; i++)
        {
            values[i] = 0.5 * (1 + (100 * g));
            for (var j = 0; j < objectives - 1 - i; j++)
                values[i] *= x[j];
            if (i > 0)
                values[i] *= 1 - x[objectives - 1 - i];
        }

        return values;
    }

    /// <summary>The front is the positive part of the unit sphere; with a power of 100, as in DTLZ4, most points lie near its
    /// edges.</summary>
    private static double[] Dtlz2(ReadOnlySpan<double> x, int objectives, double power)
    {
        var g = 0.0;
        for (var i = objectives - 1; i < x.Length; i++)
            g += Square(x[i] - 0.5);
        var values = new double[objectives];
        for (var i = 0; i < objectives; i++)
        {
            values[i] = 1 + g;
            for (var j = 0; j < objectives - 1 - i; j++)
                values[i] *= Math.Cos(Angle(x[j]));
            if (i > 0)
                values[i] *= Math.Sin(Angle(x[objectives - 1 - i]));
        }

        return values;

        double Angle(double value) => (power == 1 ? value : Math.Pow(value, power)) * Math.PI / 2;
    }

    private static SearchSpace Box(int dimensions) => AnalyticProblems.Box(dimensions, 0, 1);

    private static SearchSpace Zdt4Space() =>
        new(Enumerable.Range(0, 6).Select(i => i == 0 ? new FloatParameter("x0", 0, 1) : new FloatParameter($"x{i}", -5, 5)));

    private static ImmutableArray<ObjectiveRange> Cube(int objectives, double side) =>
        [.. Enumerable.Repeat(new ObjectiveRange(0, side), objectives)];

    private static FunctionProblem Front(
        string name, string group, SearchSpace space, ImmutableArray<ObjectiveRange> ranges, double hypervolume, Function function) => new(
        name, group, new Problem(space, ranges.Select((_, i) => new Objective($"f{i + 1}"))),
        (configuration, _) => new(function(configuration.Numbers).Select((value, i) => KeyValuePair.Create($"f{i + 1}", value)).ToArray()))
        {
            Ranges = ranges,
            MaximalHypervolume = hypervolume,
        };
}
