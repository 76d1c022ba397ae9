namespace Attune;

/// <summary>The scale on which a numeric parameter is spread over the unit interval.</summary>
public enum Scale
{
    /// <summary>Equal differences are equally far apart.</summary>
    Linear,

    /// <summary>Equal ratios are equally far apart; the range must be positive.</summary>
    Log,

    /// <summary>Equal ratios of odds are equally far apart; the range must lie inside (0, 1).</summary>
    Logit,
}
