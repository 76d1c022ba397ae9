namespace Attune.Testing.Studies;

/// <summary>A crash at a named point: the study object that meets it writes nothing more.</summary>
/// <param name="point">The name of the point.</param>
public sealed class SimulatedCrashException(string point) : Exception($"Crashed at {point}.")
{
    /// <summary>The name of the point.</summary>
    public string Point { get; } = point;
}
