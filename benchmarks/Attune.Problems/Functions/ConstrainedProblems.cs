using static Attune.Problems.AnalyticFunctions;

namespace Attune.Problems;

/// <summary>Problems whose constraints are known after evaluation only. The metric <c>y</c> is minimised; <c>c1</c>, <c>c2</c>, … are
/// bounded.</summary>
/// <remarks>g04, g06 and g24: J. J. Liang and others, Problem definitions and evaluation criteria for the CEC 2006 special session on
/// constrained real-parameter optimization, with the optima published there.</remarks>
internal static class ConstrainedProblems
{
    private const string Cec = "J. J. Liang and others, Problem definitions for the CEC 2006 special session on constrained optimization";

    internal delegate double[] Function(ReadOnlySpan<double> x);

    internal static IEnumerable<BenchmarkProblem> All()
    {
        yield return Create(
            "gardner", [("x0", 0, 6), ("x1", 0, 6)], Gardner, [new("c1", AtMost: 0.5)], -2, 2,
            "J. R. Gardner and others, Bayesian optimization with inequality constraints, ICML 2014, simulation 1; optimum in closed form");
        yield return Create(
            "gramacy", [("x0", 0, 1), ("x1", 0, 1)], Gramacy, [new("c1", AtMost: 0), new("c2", AtMost: 0)], 0.5997880, 2,
            "R. B. Gramacy and others, Modeling an augmented Lagrangian for blackbox constrained optimization, Technometrics 58, 2016");
        yield return Create(
            "g04", [("x0", 78, 102), ("x1", 33, 45), ("x2", 27, 45), ("x3", 27, 45), ("x4", 27, 45)], G04,
            [new("c1", AtMost: 92, AtLeast: 0), new("c2", AtMost: 110, AtLeast: 90), new("c3", AtMost: 25, AtLeast: 20)],
            -30665.53867178333, -22302, Cec);
        yield return Create(
            "g06", [("x0", 13, 100), ("x1", 0, 100)], G06, [new("c1", AtMost: 0), new("c2", AtMost: 0)], -6961.81387558015, 1_241_000, Cec);
        yield return Create(
            "g24", [("x0", 0, 3), ("x1", 0, 4)], G24, [new("c1", AtMost: 0), new("c2", AtMost: 0)], -5.50801327159536, 0, Cec);
        yield return Create(
            "spring", [("wire", 0.05, 2), ("coil", 0.25, 1.3), ("turns", 2, 15)], Spring,
            [new("c1", AtMost: 0), new("c2", AtMost: 0), new("c3", AtMost: 0), new("c4", AtMost: 0)], 0.012665232788, 88.4,
            "A. D. Belegundu 1982, as in C. A. Coello Coello, Computers in Industry 41, 2000; best known value of later work");
    }

    /// <summary>The objective, then the constrained metrics.</summary>
    private static double[] Gardner(ReadOnlySpan<double> x) =>
        [(Math.Cos(2 * x[0]) * Math.Cos(x[1])) + Math.Sin(x[0]), (Math.Cos(x[0]) * Math.Cos(x[1])) - (Math.Sin(x[0]) * Math.Sin(x[1]))];

    private static double[] Gramacy(ReadOnlySpan<double> x) =>
    [
        x[0] + x[1],
        1.5 - x[0] - (2 * x[1]) - (0.5 * Math.Sin(2 * Math.PI * ((x[0] * x[0]) - (2 * x[1])))),
        (x[0] * x[0]) + (x[1] * x[1]) - 1.5,
    ];

    private static double[] G04(ReadOnlySpan<double> x) =>
    [
        (5.3578547 * x[2] * x[2]) + (0.8356891 * x[0] * x[4]) + (37.293239 * x[0]) - 40792.141,
        85.334407 + (0.0056858 * x[1] * x[4]) + (0.0006262 * x[0] * x[3]) - (0.0022053 * x[2] * x[4]),
        80.51249 + (0.0071317 * x[1] * x[4]) + (0.0029955 * x[0] * x[1]) + (0.0021813 * x[2] * x[2]),
        9.300961 + (0.0047026 * x[2] * x[4]) + (0.0012547 * x[0] * x[2]) + (0.0019085 * x[2] * x[3]),
    ];

    private static double[] G06(ReadOnlySpan<double> x) =>
    [
        Math.Pow(x[0] - 10, 3) + Math.Pow(x[1] - 20, 3),
        100 - Square(x[0] - 5) - Square(x[1] - 5),
        Square(x[0] - 6) + Square(x[1] - 5) - 82.81,
    ];

    private static double[] G24(ReadOnlySpan<double> x) =>
    [
        -x[0] - x[1],
        (-2 * Math.Pow(x[0], 4)) + (8 * Math.Pow(x[0], 3)) - (8 * x[0] * x[0]) + x[1] - 2,
        (-4 * Math.Pow(x[0], 4)) + (32 * Math.Pow(x[0], 3)) - (88 * x[0] * x[0]) + (96 * x[0]) + x[1] - 36,
    ];

    /// <summary>The weight of a spring of a wire's diameter, a coil's diameter and a number of turns; c1 bounds its deflection, c2 the
    /// shear stress, c3 the frequency of surges, c4 the outer diameter.</summary>
    private static double[] Spring(ReadOnlySpan<double> x)
    {
        var (wire, coil, turns) = (x[0], x[1], x[2]);
        return
        [
            (turns + 2) * coil * wire * wire,
            1 - (Math.Pow(coil, 3) * turns / (71785 * Math.Pow(wire, 4))),
            (((4 * coil * coil) - (wire * coil)) / SpringShear(wire, coil)) + (1 / (5108 * wire * wire)) - 1,
            1 - (140.45 * wire / (coil * coil * turns)),
            ((wire + coil) / 1.5) - 1,
        ];
    }

    // Its zero, where wire and coil are equally thick, lies inside the box; the quotient is infinite there, and a large number serves.
    private static double SpringShear(double wire, double coil) =>
        12566 * ((coil * Math.Pow(wire, 3)) - Math.Pow(wire, 4)) is var shear && Math.Abs(shear) > 1e-12 ? shear : 1e-12;

    private static FunctionProblem Create(
        string name, (string Name, double Low, double High)[] box, Function function, OutcomeConstraint[] constraints, double optimum,
        double infeasible, string source) => new(
        name, "constrained",
        new Problem(new SearchSpace(box.Select(side => new FloatParameter(side.Name, side.Low, side.High))), [new("y")], constraints),
        (configuration, _) =>
            new(function(configuration.Numbers).Select((value, i) => KeyValuePair.Create(i == 0 ? "y" : $"c{i}", value)).ToArray()))
        {
            BestKnown = new(optimum, IsOptimum: true, source),
            InfeasibleValue = infeasible,
        };
}
