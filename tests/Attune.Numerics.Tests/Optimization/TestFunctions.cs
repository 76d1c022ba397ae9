namespace Attune.Numerics.Tests.Optimization;

internal static class TestFunctions
{
    internal static double Rosenbrock(ReadOnlySpan<double> x, Span<double> gradient)
    {
        gradient.Clear();
        double value = 0;
        for (int i = 0; i < x.Length - 1; i++)
        {
            double a = x[i + 1] - x[i] * x[i], b = 1 - x[i];
            value += 100 * a * a + b * b;
            gradient[i] += -400 * x[i] * a - 2 * b;
            gradient[i + 1] += 200 * a;
        }

        return value;
    }

    /// <summary>The sample problem of the published L-BFGS-B code: 4 ((x₁ - 1)²/4 + Σ (x_i - x_{i-1}²)²).</summary>
    internal static double Chained(ReadOnlySpan<double> x, Span<double> gradient)
    {
        gradient.Clear();
        double value = 0.25 * (x[0] - 1) * (x[0] - 1);
        gradient[0] = 2 * (x[0] - 1);
        for (int i = 1; i < x.Length; i++)
        {
            double t = x[i] - x[i - 1] * x[i - 1];
            value += t * t;
            gradient[i] += 8 * t;
            gradient[i - 1] += -16 * x[i - 1] * t;
        }

        return 4 * value;
    }

    /// <summary>Σ i (x_i - 2 sin i)²/2 + (Σ x)²/(2n).</summary>
    internal static double Quadratic(ReadOnlySpan<double> x, Span<double> gradient)
    {
        double sum = 0;
        foreach (double element in x)
            sum += element;
        double value = sum * sum / 2 / x.Length;
        for (int i = 0; i < x.Length; i++)
        {
            double t = x[i] - 2 * Math.Sin(i + 1);
            value += (i + 1) * t * t / 2;
            gradient[i] = (i + 1) * t + sum / x.Length;
        }

        return value;
    }

    internal static double Beale(ReadOnlySpan<double> x, Span<double> gradient)
    {
        double a = x[0], b = x[1];
        double r0 = 1.5 - a + a * b, r1 = 2.25 - a + a * b * b, r2 = 2.625 - a + a * b * b * b;
        gradient[0] = 2 * (r0 * (b - 1) + r1 * (b * b - 1) + r2 * (b * b * b - 1));
        gradient[1] = 2 * (r0 * a + r1 * 2 * a * b + r2 * 3 * a * b * b);
        return r0 * r0 + r1 * r1 + r2 * r2;
    }

    internal static double[] Repeat(int length, params ReadOnlySpan<double> values)
    {
        double[] result = new double[length];
        for (int i = 0; i < length; i++)
            result[i] = values[i % values.Length];
        return result;
    }
}
