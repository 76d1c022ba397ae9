using System.Globalization;

namespace Attune.Numerics;

/// <summary>
/// The direction numbers of S. Joe and F. Y. Kuo, "Constructing Sobol sequences with better two-dimensional projections", SIAM Journal on
/// Scientific Computing 30, 2008, set new-joe-kuo-6; the embedded file names its source and licence.
/// </summary>
internal static class SobolDirectionNumbers
{
    internal const int Bits = 32;
    internal const int MaxDimensions = 1111;

    private const string Resource = "new-joe-kuo-6.1111.txt";

    /// <summary>Direction numbers v₁ … v₃₂ for each dimension, row by row; v_k has its leading digit at bit 32 - k.</summary>
    internal static uint[] Load(int dimensions)
    {
        uint[] directions = new uint[dimensions * Bits];
        for (int k = 0; k < Bits; k++)
            directions[k] = 1u << (Bits - 1 - k);
        if (dimensions == 1)
            return directions;

        using Stream stream = typeof(SobolDirectionNumbers).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {Resource}: it was built or trimmed wrongly.");
        using var reader = new StreamReader(stream);
        for (int dimension = 1; dimension < dimensions;)
        {
            string line = reader.ReadLine() ?? throw new InvalidOperationException($"The resource {Resource} ends early.");
            if (line.StartsWith('#'))
                continue;

            Expand(line, directions.AsSpan(dimension * Bits, Bits));
            dimension++;
        }

        return directions;
    }

    // A line is "d s a m_1 … m_s"; v_k = m_k 2^(32 - k), and beyond the degree s the recurrence of Joe and Kuo (2003), equation 2:
    // v_k = a_1 v_{k-1} ⊕ … ⊕ a_{s-1} v_{k-s+1} ⊕ v_{k-s} ⊕ v_{k-s} / 2^s.
    private static void Expand(ReadOnlySpan<char> line, Span<uint> directions)
    {
        int column = 0, degree = 0;
        uint coefficients = 0;
        foreach (Range range in line.Split(' '))
        {
            uint number = uint.Parse(line[range], NumberStyles.None, CultureInfo.InvariantCulture);
            if (column == 1)
                degree = (int)number;
            else if (column == 2)
                coefficients = number;
            else if (column > 2)
                directions[column - 3] = number << (Bits - (column - 2));
            column++;
        }

        for (int k = degree; k < Bits; k++)
        {
            uint direction = directions[k - degree] ^ (directions[k - degree] >> degree);
            for (int j = 1; j < degree; j++)
            {
                if (((coefficients >> (degree - 1 - j)) & 1) != 0)
                    direction ^= directions[k - j];
            }

            directions[k] = direction;
        }
    }
}
