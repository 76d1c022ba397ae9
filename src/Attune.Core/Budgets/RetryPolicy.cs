namespace Attune;

/// <summary>How often a trial runs again.</summary>
/// <param name="LostAttempts">How many attempts a trial has in all when its worker is lost, at least 1.</param>
/// <param name="FailedAttempts">How many attempts a trial has in all when it fails by itself, at least 1; 1 means no retry.</param>
public sealed record RetryPolicy(int LostAttempts = 20, int FailedAttempts = 1)
{
    /// <summary>Twenty attempts when workers are lost, none again after a failure.</summary>
    public static RetryPolicy Default { get; } = new();

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="ProblemException">A number is below 1.</exception>
    public void Check()
    {
        if (LostAttempts < 1 || FailedAttempts < 1)
            throw new ProblemException(
                $"Retries: attempts must be at least 1, but are {LostAttempts} (lost) and {FailedAttempts} (failed).");
    }
}
