namespace Attune.Programs;

/// <summary>Something wrong with a placeholder of a command, found against the parameters of a search space.</summary>
/// <param name="Column">The column of the placeholder, from 1; in a list of arguments, counted within its argument.</param>
/// <param name="Message">What was found and what is allowed.</param>
public sealed record CommandProblem(int Column, string Message);
