namespace Attune;

/// <summary>
/// Hears of every point at which a crash would leave a different journal. What it throws ends the study object as a crash would: nothing
/// more is written.
/// </summary>
public interface ICrashPoints
{
    /// <summary>A point was reached.</summary>
    /// <param name="point">One of the names in <see cref="CrashPoint"/>.</param>
    void Reach(string point);
}
