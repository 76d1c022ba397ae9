using static Attune.Numerics.Tests.LinearAlgebra.TestMatrices;

namespace Attune.Numerics.Tests.LinearAlgebra;

public sealed class PanelKernelTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(61)]
    public void Update_VectorsOfEveryWidth_GiveTheSameBits(int depth)
    {
        double[] a0 = Vector(8 * depth + 1, 1), a1 = Vector(8 * depth + 1, 2), b = Vector(8 * depth + 1, 3);
        double[] c0 = Vector(64, 4), c1 = Vector(64, 5), expected0 = [.. c0], expected1 = [.. c1];
        double[] wide0 = [.. c0], single = [.. c0], narrow = [.. c0], wide1 = [.. c1];
        for (int j = 0; j < 8; j++)
        {
            for (int i = 0; i < 8; i++)
            {
                for (int k = 0; k < depth; k++)
                {
                    expected0[8 * j + i] = Math.FusedMultiplyAdd(-a0[8 * k + i], b[8 * k + j], expected0[8 * j + i]);
                    expected1[8 * j + i] = Math.FusedMultiplyAdd(-a1[8 * k + i], b[8 * k + j], expected1[8 * j + i]);
                }
            }
        }

        PanelKernel.Update512(ref a0[0], ref a1[0], ref b[0], ref wide0[0], ref wide1[0], depth);
        PanelKernel.Update512(ref a0[0], ref b[0], ref single[0], depth);
        PanelKernel.Update256(ref a0[0], ref b[0], ref narrow[0], depth);
        PanelKernel.Update(ref a0[0], ref a1[0], ref b[0], ref c0[0], ref c1[0], depth);
        Assert.Equal(expected0, wide0);
        Assert.Equal(expected1, wide1);
        Assert.Equal(expected0, single);
        Assert.Equal(expected0, narrow);
        Assert.Equal(expected0, c0);
        Assert.Equal(expected1, c1);
    }
}
