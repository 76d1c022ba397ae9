namespace Attune;

/// <summary>A resource of which a trial may get more or less, such as epochs or a share of the data.</summary>
/// <param name="Name">The name; programs report it beside their metrics.</param>
/// <param name="Low">The least that a trial may get, positive.</param>
/// <param name="High">Full fidelity.</param>
public sealed record Fidelity(string Name, double Low, double High)
{
    /// <summary>The unit for people, such as <c>epochs</c>; the name by default.</summary>
    public string? Unit { get; init; }

    /// <summary>The scale on which amounts compare; log by default.</summary>
    public Scale Scale { get; init; } = Scale.Log;

    /// <summary>Whether amounts are whole numbers; yes by default.</summary>
    public bool IsInteger { get; init; } = true;

    /// <summary>
    /// Whether a trial goes on from its checkpoint when it gets more; otherwise it starts again and the whole is paid anew.
    /// </summary>
    public bool IsResumable { get; init; } = true;

    internal void Check()
    {
        if (string.IsNullOrWhiteSpace(Name))
            throw new ProblemException("A fidelity needs a name.");
        if (!(Low > 0) || !double.IsFinite(High) || Low > High)
            throw new ProblemException(
                FormattableString.Invariant($"Fidelity '{Name}': needs 0 < low ≤ high, both finite, but has {Low} and {High}."));
        if (IsInteger && (Low != Math.Floor(Low) || High != Math.Floor(High)))
            throw new ProblemException(
                FormattableString.Invariant($"Fidelity '{Name}': whole amounts need whole bounds, but they are {Low} and {High}."));
        if (Scale == Scale.Logit)
            throw new ProblemException($"Fidelity '{Name}': the scale is linear or log.");
    }
}
