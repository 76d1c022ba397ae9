using static Attune.Problems.AnalyticFunctions;
using static Attune.Problems.BbobTransforms;

namespace Attune.Problems;

/// <summary>The 24 noiseless functions of the BBOB suite, less their value at the optimum: INRIA RR-6829, functions f1 to f24. Each comes
/// with the point at which it is 0.</summary>
internal static class BbobFunctions
{
    private const double SchwefelCenter = 4.2096874633 / 2;

    internal delegate double Function(ReadOnlySpan<double> x);

    /// <summary>A function and its optimum.</summary>
    internal static (Function Function, double[] Optimum) Create(int number, BbobInstance instance)
    {
        var (d, center, r, q) = (instance.Dimensions, instance.Center, instance.R, instance.Q);
        var grown = Math.Max(1, Math.Sqrt(d) / 8);
        double[] Shifted(ReadOnlySpan<double> x) => Shift(x, center);
        double[] Turned(ReadOnlySpan<double> x) => Rotate(r, Shift(x, center));
        double[] TwiceTurned(ReadOnlySpan<double> x, double alpha) => Rotate(q, Stretch(Turned(x), alpha));
        double[] Signed(double size) => Array.ConvertAll(instance.Signs, sign => sign * size);
        switch (number)
        {
            case 1:
                return (x => Shifted(x).Sum(Square), center);
            case 2:
                return (x => Ellipsoid(Oscillate(Shifted(x)), 6), center);
            case 3:
                return (x => Rastrigin(Stretch(Skew(Oscillate(Shifted(x)), 0.2), 10)), center);
            case 4:
                // The optimum is positive where the index, from 1, is odd.
                var bueche = center.Select((value, i) => i % 2 == 0 ? Math.Abs(value) : value).ToArray();
                return (x => Rastrigin(Bueche(Oscillate(Shift(x, bueche)))) + (100 * Penalty(x)), bueche);
            case 5:
                var corner = Signed(5);
                return (x => Slope(x, corner), corner);
            case 6:
                return (x => Math.Pow(Oscillate(Sector(TwiceTurned(x, 10), center)), 0.9), center);
            case 7:
                return (x => Steps(Stretch(Turned(x), 10), q) + Penalty(x), center);
            case 8:
                var near = Array.ConvertAll(center, value => 0.75 * value);
                return (x => Rosenbrock(Array.ConvertAll(Shift(x, near), value => (grown * value) + 1)), near);
            case 9:
                return (x => Rosenbrock(Array.ConvertAll(Rotate(r, x.ToArray()), value => (grown * value) + 0.5)), Half(r, d, grown));
            case 10:
                return (x => Ellipsoid(Oscillate(Turned(x)), 6), center);
            case 11:
                return (x => Discus(Oscillate(Turned(x))), center);
            case 12:
                return (x => Cigar(Rotate(r, Skew(Turned(x), 0.5))), center);
            case 13:
                return (x => Ridge(TwiceTurned(x, 10)), center);
            case 14:
                return (x => Math.Sqrt(Turned(x).Select((value, i) => Math.Pow(Math.Abs(value), 2 + (4 * Share(i, d)))).Sum()), center);
            case 15:
                return (x => Rastrigin(Rotate(r, Stretch(Rotate(q, Skew(Oscillate(Turned(x)), 0.2)), 10))), center);
            case 16:
                return (Weierstrass, center);

                double Weierstrass(ReadOnlySpan<double> x) =>
                    BbobRugged.Weierstrass(Rotate(r, Stretch(Rotate(q, Oscillate(Turned(x))), 0.01))) + (10.0 / d * Penalty(x));
            case 17:
                return (x => BbobRugged.Schaffer(Stretch(Rotate(q, Skew(Turned(x), 0.5)), 10)) + (10 * Penalty(x)), center);
            case 18:
                return (x => BbobRugged.Schaffer(Stretch(Rotate(q, Skew(Turned(x), 0.5)), 1000)) + (10 * Penalty(x)), center);
            case 19:
                return (Griewank, Half(r, d, grown));

                double Griewank(ReadOnlySpan<double> x) =>
                    BbobRugged.Griewank(Array.ConvertAll(Rotate(r, x.ToArray()), value => (grown * value) + 0.5));
            case 20:
                return (x => BbobRugged.Schwefel(x, instance.Signs, SchwefelCenter), Signed(SchwefelCenter));
            case 21:
                return BbobRugged.Gallagher(instance, 101, 4, 5, 1000);
            case 22:
                return BbobRugged.Gallagher(instance, 21, 3.92, 4.9, 1_000_000);
            case 23:
                return (x => BbobRugged.Katsuura(TwiceTurned(x, 100)) + Penalty(x), center);
            case 24:
                return (x => BbobRugged.Lunacek(x, instance), Signed(BbobRugged.LunacekCenter / 2));
            default:
                throw new ArgumentOutOfRangeException(nameof(number), number, "The functions have numbers from 1 to 24.");
        }
    }

    internal static double Rastrigin(double[] z) => z.Sum(value => (10 * (1 - Math.Cos(2 * Math.PI * value))) + (value * value));

    private static double[] Shift(ReadOnlySpan<double> x, double[] by)
    {
        var shifted = x.ToArray();
        for (var i = 0; i < shifted.Length; i++)
            shifted[i] -= by[i];
        return shifted;
    }

    // Where scale · R x + 1/2 is (1, …, 1).
    private static double[] Half(double[][] rotation, int dimensions, double scale)
    {
        var half = new double[dimensions];
        Array.Fill(half, 0.5 / scale);
        return RotateBack(rotation, half);
    }

    private static double Ellipsoid(double[] z, double power) =>
        z.Select((value, i) => Math.Pow(10, power * Share(i, z.Length)) * value * value).Sum();

    private static double[] Bueche(double[] z)
    {
        for (var i = 0; i < z.Length; i++)
            z[i] *= Math.Pow(10, 0.5 * Share(i, z.Length)) * (z[i] > 0 && i % 2 == 0 ? 10 : 1);
        return z;
    }

    private static double Slope(ReadOnlySpan<double> x, double[] corner)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            var steepness = Math.Pow(10, Share(i, x.Length));
            sum += (5 * steepness) - (Math.Sign(corner[i]) * steepness * (corner[i] * x[i] < 25 ? x[i] : corner[i]));
        }

        return sum;
    }

    private static double Sector(double[] z, double[] center) =>
        z.Select((value, i) => Square(value * center[i] > 0 ? 100 * value : value)).Sum();

    private static double Steps(double[] stretched, double[][] q)
    {
        var stepped = Array.ConvertAll(
            stretched, value => Math.Abs(value) > 0.5 ? Math.Floor(0.5 + value) : Math.Floor(0.5 + (10 * value)) / 10);
        return 0.1 * Math.Max(Math.Abs(stretched[0]) / 1e4, Ellipsoid(Rotate(q, stepped), 2));
    }

    private static double Discus(double[] z) => (1e6 * z[0] * z[0]) + z.Skip(1).Sum(Square);

    private static double Cigar(double[] z) => (z[0] * z[0]) + (1e6 * z.Skip(1).Sum(Square));

    private static double Ridge(double[] z) => (z[0] * z[0]) + (100 * Math.Sqrt(z.Skip(1).Sum(Square)));
}
