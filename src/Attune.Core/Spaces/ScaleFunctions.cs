using Attune.Numerics;

namespace Attune;

/// <summary>The monotone functions behind <see cref="Scale"/>.</summary>
internal static class ScaleFunctions
{
    internal static double Apply(Scale scale, double value) => scale switch
    {
        Scale.Log => Math.Log(value),
        Scale.Logit => Math.Log(value) - AccurateMath.LogOnePlus(-value),
        _ => value,
    };

    internal static double Invert(Scale scale, double value) => scale switch
    {
        Scale.Log => Math.Exp(value),
        Scale.Logit => value >= 0 ? 1 / (1 + Math.Exp(-value)) : Math.Exp(value) / (1 + Math.Exp(value)),
        _ => value,
    };
}
