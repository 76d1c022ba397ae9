using System.Runtime.CompilerServices;

namespace Attune.Numerics;

/// <content>The blocked factorisation: finish a block of columns, then update all columns to its right by it.</content>
public sealed partial class CholeskyFactor
{
    private void Load(ReadOnlySpan<double> matrix, int order)
    {
        for (int p = 0; p * Height < order; p++)
        {
            Span<double> panel = _panels[p];
            panel.Clear();
            int first = p * Height, rows = Math.Min(Height, order - first);
            for (int k = 0; k < first + rows; k++)
            {
                for (int lane = Math.Max(0, k - first); lane < rows; lane++)
                    panel[k * Height + lane] = matrix[(first + lane) * order + k];
            }

            for (int lane = 0; lane < rows; lane++)
                panel[(first + lane) * Height + lane] += Jitter;
        }
    }

    /// <summary>Turns the loaded matrix into its factor; gives the failing pivot or -1.</summary>
    private int FactorizePanels(int order)
    {
        int panels = (order + Height - 1) / Height;
        for (int first = 0; first < panels; first += BlockPanels)
        {
            int end = Math.Min(first + BlockPanels, panels);
            for (int j = first; j < end; j++)
            {
                int depth = (j - first) * Height;
                PanelKernel.Update(ref At(j, first * Height), ref At(j, first * Height), ref At(j, j * Height), depth);
                int failing = FactorizeTile(ref At(j, j * Height), Math.Min(Height, order - j * Height));
                if (failing >= 0)
                    return j * Height + failing;

                int i = j + 1;
                for (; i + 1 < panels; i += 2)
                {
                    UpdatePair(i, j, first * Height, depth);
                    PanelKernel.SolveTile(ref At(i, j * Height), ref At(j, j * Height));
                    PanelKernel.SolveTile(ref At(i + 1, j * Height), ref At(j, j * Height));
                }

                if (i < panels)
                {
                    PanelKernel.Update(ref At(i, first * Height), ref At(j, first * Height), ref At(i, j * Height), depth);
                    PanelKernel.SolveTile(ref At(i, j * Height), ref At(j, j * Height));
                }
            }

            UpdateTrailing(first * Height, end, panels);
        }

        return -1;
    }

    private void UpdateTrailing(int firstColumn, int end, int panels)
    {
        int depth = end * Height - firstColumn;
        for (int i = end; i < panels; i += 2)
        {
            bool pair = i + 1 < panels;
            for (int j = end; j <= i; j++)
            {
                if (pair)
                    UpdatePair(i, j, firstColumn, depth);
                else
                    PanelKernel.Update(ref At(i, firstColumn), ref At(j, firstColumn), ref At(i, j * Height), depth);
            }

            if (pair)
                PanelKernel.Update(ref At(i + 1, firstColumn), ref At(i + 1, firstColumn), ref At(i + 1, (i + 1) * Height), depth);
        }
    }

    private void UpdatePair(int i, int j, int firstColumn, int depth) => PanelKernel.Update(
        ref At(i, firstColumn),
        ref At(i + 1, firstColumn),
        ref At(j, firstColumn),
        ref At(i, j * Height),
        ref At(i + 1, j * Height),
        depth);

    /// <summary>Factorises a diagonal tile of which only some rows are in use, and clears what is above its diagonal.</summary>
    private static int FactorizeTile(ref double tile, int rows)
    {
        for (int j = 0; j < Height; j++)
        {
            for (int i = 0; i < Height; i++)
            {
                ref double element = ref Unsafe.Add(ref tile, j * Height + i);
                if (i < j || i >= rows)
                {
                    element = 0;
                    continue;
                }

                for (int k = 0; k < j; k++)
                {
                    element = Math.FusedMultiplyAdd(
                        -Unsafe.Add(ref tile, k * Height + i), Unsafe.Add(ref tile, k * Height + j), element);
                }

                if (i > j)
                    element /= Unsafe.Add(ref tile, j * Height + j);
                else if (element > 0 && double.IsFinite(element))
                    element = Math.Sqrt(element);
                else
                    return j;
            }
        }

        return -1;
    }
}
