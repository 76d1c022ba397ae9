namespace Attune;

/// <content>Equality by value: a trial may be made anew whenever it is read.</content>
public sealed partial record Trial
{
    /// <summary>Whether another trial says the same: all properties are equal, lists by their elements.</summary>
    /// <param name="other">A trial.</param>
    public bool Equals(Trial? other) => ReferenceEquals(this, other)
        || (other is not null && Number == other.Number && State == other.State && Token == other.Token && Attempt == other.Attempt
            && HasSameOrigin(other) && HasSameCourse(other) && HasSameResults(other));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Number, _state, Token, Measurements.Count);

    private bool HasSameOrigin(Trial other) =>
        _origin == other._origin && SamplerIndex == other.SamplerIndex && SpaceRevision == other.SpaceRevision
        && Annotation == other.Annotation && _rarities == other._rarities && Equals(Configuration, other.Configuration);

    private bool HasSameCourse(Trial other) =>
        _decision == other._decision && WillRetry == other.WillRetry && IsInterrupted == other.IsInterrupted
        && Worker == other.Worker && _target.Equals(other._target) && Step == other.Step && Spending == other.Spending
        && _reservedTicks == other._reservedTicks && _startedTicks == other._startedTicks && _finishedTicks == other._finishedTicks;

    private bool HasSameResults(Trial other) => Measurements.Equals(other.Measurements)
        && Reduced.AsSpan().SequenceEqual(other.Reduced.AsSpan()) && Violations.AsSpan().SequenceEqual(other.Violations.AsSpan());
}
