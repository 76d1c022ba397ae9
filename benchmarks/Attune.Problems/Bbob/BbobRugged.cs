using static Attune.Problems.AnalyticFunctions;
using static Attune.Problems.BbobTransforms;

namespace Attune.Problems;

/// <summary>The BBOB functions f16 to f24 with many optima, INRIA RR-6829; rotated and stretched by their callers, unless they do it
/// themselves.</summary>
internal static class BbobRugged
{
    /// <summary>μ₀ of f24.</summary>
    internal const double LunacekCenter = 2.5;

    /// <summary>f16 without penalty.</summary>
    internal static double Weierstrass(double[] z)
    {
        var (sum, origin) = (0.0, 0.0);
        for (var k = 0; k < 12; k++)
        {
            var (height, frequency) = (Math.Pow(0.5, k), Math.Pow(3, k));
            sum += height * z.Average(value => Math.Cos(2 * Math.PI * frequency * (value + 0.5)));
            origin += height * Math.Cos(Math.PI * frequency);
        }

        return 10 * Math.Pow(sum - origin, 3);
    }

    /// <summary>f17 and f18 without penalty.</summary>
    internal static double Schaffer(double[] z)
    {
        var sum = 0.0;
        for (var i = 0; i + 1 < z.Length; i++)
        {
            var s = Math.Sqrt(Square(z[i]) + Square(z[i + 1]));
            sum += Math.Sqrt(s) * (1 + Square(Math.Sin(50 * Math.Pow(s, 0.2))));
        }

        return Square(sum / (z.Length - 1));
    }

    /// <summary>f19.</summary>
    internal static double Griewank(double[] z)
    {
        var sum = 0.0;
        for (var i = 0; i + 1 < z.Length; i++)
        {
            var s = (100 * Square(Square(z[i]) - z[i + 1])) + Square(z[i] - 1);
            sum += (s / 4000) - Math.Cos(s);
        }

        return (10.0 / (z.Length - 1) * sum) + 10;
    }

    /// <summary>f20.</summary>
    internal static double Schwefel(ReadOnlySpan<double> x, double[] signs, double center)
    {
        var d = x.Length;
        var turned = new double[d];
        for (var i = 0; i < d; i++)
            turned[i] = 2 * signs[i] * x[i];
        var coupled = (double[])turned.Clone();
        for (var i = 1; i < d; i++)
            coupled[i] += 0.25 * (turned[i - 1] - (2 * center));
        var z = Array.ConvertAll(
            Stretch(Array.ConvertAll(coupled, value => value - (2 * center)), 10), value => 100 * (value + (2 * center)));
        return (-z.Sum(value => value * Math.Sin(Math.Sqrt(Math.Abs(value)))) / (100.0 * d)) + 4.189828872724339
            + (100 * Penalty(Array.ConvertAll(z, value => value / 100)));
    }

    /// <summary>f21 and f22.</summary>
    internal static (BbobFunctions.Function Function, double[] Optimum) Gallagher(
        BbobInstance instance, int peaks, double reachOfOptimum, double reach, double conditionOfOptimum)
    {
        var (d, r) = (instance.Dimensions, instance.R);
        var places = new double[peaks][];
        var scales = new double[peaks][];
        var heights = new double[peaks];
        for (var i = 0; i < peaks; i++)
        {
            var span = i == 0 ? reachOfOptimum : reach;
            places[i] = Array.ConvertAll(instance.Peaks[i], value => ((2 * value) - 1) * span);
            heights[i] = i == 0 ? 10 : 1.1 + (8.0 * (i - 1) / (peaks - 2));
            var order = instance.PeakConditions.Where(value => value < peaks - 1).ToArray();
            var condition = i == 0 ? conditionOfOptimum : Math.Pow(1000, 2.0 * order[i - 1] / (peaks - 2));
            scales[i] = [.. Enumerable.Range(0, d).Select(j => Math.Pow(condition, (0.5 * Share(instance.PeakOrders[i][j], d)) - 0.25))];
        }

        var turned = Array.ConvertAll(places, place => Rotate(r, place));
        return (Evaluate, places[0]);

        double Evaluate(ReadOnlySpan<double> x)
        {
            var (point, highest) = (Rotate(r, x.ToArray()), 0.0);
            for (var i = 0; i < peaks; i++)
            {
                var distance = 0.0;
                for (var j = 0; j < d; j++)
                    distance += scales[i][j] * Square(point[j] - turned[i][j]);
                highest = Math.Max(highest, heights[i] * Math.Exp(-distance / (2 * d)));
            }

            return Square(Oscillate(10 - highest)) + Penalty(x);
        }
    }

    /// <summary>f23 without penalty.</summary>
    internal static double Katsuura(double[] z)
    {
        double d = z.Length;
        var product = 1.0;
        for (var i = 0; i < z.Length; i++)
        {
            var sum = 0.0;
            for (var j = 1; j <= 32; j++)
            {
                var power = Math.Pow(2, j);
                sum += Math.Abs((power * z[i]) - Math.Round(power * z[i])) / power;
            }

            product *= Math.Pow(1 + ((i + 1) * sum), 10 / Math.Pow(d, 1.2));
        }

        return 10 / (d * d) * (product - 1);
    }

    /// <summary>f24.</summary>
    internal static double Lunacek(ReadOnlySpan<double> x, BbobInstance instance)
    {
        var d = x.Length;
        var s = 1 - (1 / ((2 * Math.Sqrt(d + 20)) - 8.2));
        var other = -Math.Sqrt((Square(LunacekCenter) - 1) / s);
        var turned = new double[d];
        for (var i = 0; i < d; i++)
            turned[i] = 2 * instance.Signs[i] * x[i];
        var z = Rotate(instance.Q, Stretch(Rotate(instance.R, Array.ConvertAll(turned, value => value - LunacekCenter)), 100));
        var funnels = Math.Min(turned.Sum(value => Square(value - LunacekCenter)), d + (s * turned.Sum(value => Square(value - other))));
        return funnels + (10 * z.Sum(value => 1 - Math.Cos(2 * Math.PI * value))) + (1e4 * Penalty(x));
    }
}
