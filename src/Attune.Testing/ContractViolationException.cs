using System.Globalization;

namespace Attune.Testing;

/// <summary>An implementation does not keep a law of its contract.</summary>
public sealed class ContractViolationException : Exception
{
    /// <summary>A violation.</summary>
    /// <param name="subject">What was tested, such as the descriptor of a sampler.</param>
    /// <param name="law">The name of the law.</param>
    /// <param name="seed">The seed with which the law is violated.</param>
    /// <param name="message">What was found and what the law demands.</param>
    public ContractViolationException(string subject, string law, ulong seed, string message)
        : base(string.Create(CultureInfo.InvariantCulture, $"{subject} violates '{law}' (seed {seed}): {message}")) =>
        (Subject, Law, Seed) = (subject, law, seed);

    /// <summary>What was tested.</summary>
    public string Subject { get; }

    /// <summary>The name of the law.</summary>
    public string Law { get; }

    /// <summary>The seed with which the law is violated.</summary>
    public ulong Seed { get; }
}
