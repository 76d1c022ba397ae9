namespace Attune;

/// <summary>Why a trial has no value.</summary>
/// <param name="Kind">In which way it failed.</param>
/// <param name="Reason">What happened, for a person: an exception's message, the last lines of a program's error output.</param>
public sealed record Failure(FailureKind Kind, string Reason);
