namespace Attune;

/// <summary>
/// A problem, a budget or another part of a study's definition that is not legal. The message says what was found and what is allowed.
/// </summary>
/// <param name="message">What is wrong and what is allowed.</param>
public sealed class ProblemException(string message) : Exception(message);
