using System.Globalization;

namespace Attune.Numerics;

/// <summary>A matrix has no Cholesky factor: at some row what is left of its diagonal is not a positive number.</summary>
public sealed class NotPositiveDefiniteException : ArithmeticException
{
    /// <summary>An exception without a place.</summary>
    public NotPositiveDefiniteException()
        : this("The matrix is not positive definite.")
    {
    }

    /// <summary>An exception without a place.</summary>
    /// <param name="message">What happened.</param>
    public NotPositiveDefiniteException(string message)
        : this(message, null)
    {
    }

    /// <summary>An exception without a place.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">Its cause.</param>
    public NotPositiveDefiniteException(string message, Exception? innerException)
        : base(message, innerException) => FailingPivot = -1;

    /// <summary>An exception at a row.</summary>
    /// <param name="failingPivot">The row, from zero, whose pivot is not positive.</param>
    /// <param name="order">The order of the matrix.</param>
    /// <param name="jitter">What was added to the diagonal.</param>
    public NotPositiveDefiniteException(int failingPivot, int order, double jitter)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"The matrix of order {order} is not positive definite: the pivot of row {failingPivot} is not a positive number with {jitter}")
            + " added to the diagonal. Rows that nearly repeat each other do this; a larger jitter or noise variance helps.")
        => FailingPivot = failingPivot;

    /// <summary>The row, from zero, whose pivot is not positive; -1 if it is not known.</summary>
    public int FailingPivot { get; }
}
