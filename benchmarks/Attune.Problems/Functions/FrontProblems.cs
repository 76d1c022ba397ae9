using System.Collections.Immutable;
using static Attune.Problems.AnalyticFunctions;

namespace Attune.Problems;

/// <summary>Problems with several objectives whose fronts are known, all minimised.</summary>
internal static class FrontProblems
{
    internal delegate double[] Function(ReadOnlySpan<double> x);

    internal static IEnumerable<BenchmarkProblem> All()
    {
        yield return Front("zdt1_6", 6, [new(0, 1), new(0, 10)], Zdt1);
        yield return Front("zdt3_6", 6, [new(0, 1), new(-0.78, 10)], Zdt3);
        yield return Front("dtlz2_7_3", 7, [new(0, 2.25), new(0, 2.25), new(0, 2.25)], x => Dtlz2(x, 3));
    }

    /// <summary>ZDT1 of E. Zitzler, K. Deb, L. Thiele, Evolutionary Computation 8, 2000: the front is f₂ = 1 − √f₁.</summary>
    private static double[] Zdt1(ReadOnlySpan<double> x)
    {
        var g = ZdtDistance(x);
        return [x[0], g * (1 - Math.Sqrt(x[0] / g))];
    }

    /// <summary>ZDT3 of the same paper: the front is in five pieces.</summary>
    private static double[] Zdt3(ReadOnlySpan<double> x)
    {
        var g = ZdtDistance(x);
        return [x[0], g * (1 - Math.Sqrt(x[0] / g) - (x[0] / g * Math.Sin(10 * Math.PI * x[0])))];
    }

    private static double ZdtDistance(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        for (var i = 1; i < x.Length; i++)
            sum += x[i];
        return 1 + (9.0 / (x.Length - 1) * sum);
    }

    /// <summary>DTLZ2 of K. Deb, L. Thiele, M. Laumanns, E. Zitzler, Scalable test problems, 2005: the front is the positive part of the unit
    /// sphere.</summary>
    private static double[] Dtlz2(ReadOnlySpan<double> x, int objectives)
    {
        var g = 0.0;
        for (var i = objectives - 1; i < x.Length; i++)
            g += Square(x[i] - 0.5);
        var values = new double[objectives];
        for (var i = 0; i < objectives; i++)
        {
            values[i] = 1 + g;
            for (var j = 0; j < objectives - 1 - i; j++)
                values[i] *= Math.Cos(x[j] * Math.PI / 2);
            if (i > 0)
                values[i] *= Math.Sin(x[objectives - 1 - i] * Math.PI / 2);
        }

        return values;
    }

    private static FunctionProblem Front(string name, int dimensions, ImmutableArray<ObjectiveRange> ranges, Function function) => new(
        name, "analytic_mo", new Problem(AnalyticProblems.Box(dimensions, 0, 1), ranges.Select((_, i) => new Objective($"f{i + 1}"))),
        (configuration, _) => new(function(configuration.Numbers).Select((value, i) => KeyValuePair.Create($"f{i + 1}", value)).ToArray()))
    {
        Ranges = ranges,
    };
}
