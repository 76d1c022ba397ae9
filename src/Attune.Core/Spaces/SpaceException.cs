namespace Attune;

/// <summary>
/// A search space, a parameter, an expression or a configuration that is not legal. The message names the parameter, what was found and
/// what is allowed.
/// </summary>
public sealed class SpaceException : Exception
{
    /// <summary>A mistake without a place.</summary>
    /// <param name="message">What is wrong and what is allowed.</param>
    public SpaceException(string message)
        : base(message)
    {
    }

    /// <summary>A mistake of one parameter.</summary>
    /// <param name="parameter">The name of the parameter.</param>
    /// <param name="message">What is wrong and what is allowed, without the parameter's name.</param>
    public SpaceException(string parameter, string message)
        : base($"Parameter '{parameter}': {message}") => Parameter = parameter;

    /// <summary>The parameter at fault, or null when it is not one parameter.</summary>
    public string? Parameter { get; }
}
