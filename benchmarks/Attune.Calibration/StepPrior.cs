using Attune.Algorithms.Surrogates;
using Attune.Numerics;

namespace Attune.Calibration;

/// <summary>Functions with steps: a random tree of some depth parts the space, each part has a standard normal value of its own.</summary>
internal sealed class StepPrior(string name, SearchSpace space, int depth) : IPrior
{
    public string Name => name;

    public SearchSpace Space => space;

    public double[] Draw(EncodedConfigurations points, ref RandomStream stream)
    {
        var nodes = 1 << depth;
        var (parameters, thresholds, sets, inactive, leaves) =
            (new int[nodes], new double[nodes], new ulong[nodes], new bool[nodes], new double[nodes]);
        for (var node = 0; node < nodes; node++)
        {
            parameters[node] = stream.NextInt(space.Dimensions);
            thresholds[node] = stream.NextDouble();
            sets[node] = stream.NextUInt64();
            inactive[node] = stream.NextInt(2) == 0;
            leaves[node] = stream.NextNormal();
        }

        var values = new double[points.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var node = 1;
            while (node < nodes)
            {
                var cell = (i * points.Dimensions) + parameters[node];
                var isLeft = !points.Active[cell] ? inactive[node]
                    : space.Parameters[parameters[node]].Kind == ParameterKind.Categorical ? (sets[node] >> points.Codes[cell] & 1) != 0
                    : points.Unit[cell] <= thresholds[node];
                node = (2 * node) + (isLeft ? 0 : 1);
            }

            values[i] = leaves[node - nodes];
        }

        return values;
    }
}
