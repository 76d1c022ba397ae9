namespace Attune.Problems;

/// <summary>A benchmark cannot go on: a name that does not exist, a program that breaks the protocol, a file that cannot be read. The
/// message says what was found and what is allowed.</summary>
public sealed class BenchmarkException : Exception
{
    /// <summary>An exception with a message for a person.</summary>
    /// <param name="message">What was found and what is allowed.</param>
    public BenchmarkException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message for a person and its cause.</summary>
    /// <param name="message">What was found and what is allowed.</param>
    /// <param name="cause">What went wrong.</param>
    public BenchmarkException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
