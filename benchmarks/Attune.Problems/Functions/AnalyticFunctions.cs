namespace Attune.Problems;

/// <summary>Functions of real vectors from the literature of global optimization, as surveyed by S. Surjanovic and D. Bingham, Virtual
/// Library of Simulation Experiments. All are minimised.</summary>
internal static class AnalyticFunctions
{
    private static readonly double[] HartmannWeights = [1.0, 1.2, 3.0, 3.2];

    private static readonly double[][] HartmannScales =
        [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]];

    // In units of 1e-4.
    private static readonly double[][] HartmannCenters =
        [[1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991], [2348, 1451, 3522, 2883, 3047, 6650],
            [4047, 8828, 8732, 5743, 1091, 381]];

    /// <summary>Branin's function, with three global minima on [−5, 10] × [0, 15].</summary>
    internal static double Branin(ReadOnlySpan<double> x) => Branin(x, 1);

    /// <summary>Branin's function at a fidelity from 0 to 1, with the constants bent a little (Kandasamy et al. 2017).</summary>
    internal static double Branin(ReadOnlySpan<double> x, double fidelity)
    {
        const double Bend = 5.1 / (4 * Math.PI * Math.PI), Tilt = 5 / Math.PI, Wave = 1 / (8 * Math.PI);
        var lack = 1 - fidelity;
        var (bend, tilt, wave) = (Bend - (0.01 * lack), Tilt - (0.1 * lack), Wave + (0.005 * lack));
        return Square(x[1] - (bend * x[0] * x[0]) + (tilt * x[0]) - 6) + (10 * (1 - wave) * Math.Cos(x[0])) + 10;
    }

    /// <summary>Currin's exponential function on the unit square, to be maximised, at a fidelity from 0 to 1 (Kandasamy et al.
    /// 2017). What is called full fidelity there damps the exponential by a tenth.</summary>
    internal static double Currin(ReadOnlySpan<double> x, double fidelity)
    {
        var (u, damping) = (x[0], 1 - (0.1 * fidelity));
        var ratio = ((((((2300 * u) + 1900) * u) + 2092) * u) + 60) / ((((((100 * u) + 500) * u) + 4) * u) + 20);
        return (1 - (damping * Math.Exp(-1 / (2 * x[1])))) * ratio;
    }

    /// <summary>Hartmann's function of six variables on the unit cube.</summary>
    internal static double Hartmann6(ReadOnlySpan<double> x) => Hartmann6(x, 1);

    /// <summary>Hartmann's function at a fidelity from 0 to 1, with lower weights (Kandasamy et al. 2017).</summary>
    internal static double Hartmann6(ReadOnlySpan<double> x, double fidelity)
    {
        var sum = 0.0;
        for (var i = 0; i < HartmannWeights.Length; i++)
        {
            var exponent = 0.0;
            for (var j = 0; j < 6; j++)
                exponent += HartmannScales[i][j] * Square(x[j] - (1e-4 * HartmannCenters[i][j]));
            sum += (HartmannWeights[i] - (0.1 * (1 - fidelity))) * Math.Exp(-exponent);
        }

        return -sum;
    }

    /// <summary>Ackley's function: almost flat far away, many local minima, 0 at the origin.</summary>
    internal static double Ackley(ReadOnlySpan<double> x)
    {
        var (squares, cosines) = (0.0, 0.0);
        foreach (var value in x)
        {
            squares += value * value;
            cosines += Math.Cos(2 * Math.PI * value);
        }

        return (-20 * Math.Exp(-0.2 * Math.Sqrt(squares / x.Length))) - Math.Exp(cosines / x.Length) + 20 + Math.E;
    }

    /// <summary>Rosenbrock's function: a bent valley, 0 at (1, …, 1).</summary>
    internal static double Rosenbrock(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        for (var i = 0; i + 1 < x.Length; i++)
            sum += (100 * Square(x[i + 1] - (x[i] * x[i]))) + Square(1 - x[i]);
        return sum;
    }

    /// <summary>Lévy's function: many local minima, 0 at (1, …, 1).</summary>
    internal static double Levy(ReadOnlySpan<double> x)
    {
        var sum = Square(Math.Sin(Math.PI * Warp(x[0])));
        for (var i = 0; i + 1 < x.Length; i++)
            sum += Square(Warp(x[i]) - 1) * (1 + (10 * Square(Math.Sin((Math.PI * Warp(x[i])) + 1))));
        var last = Warp(x[^1]);
        return sum + (Square(last - 1) * (1 + Square(Math.Sin(2 * Math.PI * last))));

        static double Warp(double value) => 1 + ((value - 1) / 4);
    }

    /// <summary>The function of Styblinski and Tang: a sum of quartics, each with two minima.</summary>
    internal static double StyblinskiTang(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        foreach (var value in x)
            sum += (value * value * value * value) - (16 * value * value) + (5 * value);
        return 0.5 * sum;
    }

    internal static double Square(double value) => value * value;
}
