namespace Attune;

/// <summary>A rule given as code, named in journals by name and version.</summary>
public sealed class DelegateConstraint : InputConstraint
{
    private Func<Configuration, bool>? _holds;

    internal DelegateConstraint(string name, int version, Func<Configuration, bool>? holds)
    {
        if (string.IsNullOrWhiteSpace(name))
            throw new SpaceException("An input constraint given as code needs a name.");
        (Name, Version, _holds) = (name, version, holds);
    }

    /// <summary>The stable name.</summary>
    public string Name { get; }

    /// <summary>The version.</summary>
    public int Version { get; }

    /// <summary>Whether the code is at hand; a space read from a journal has only name and version until it is bound.</summary>
    public bool IsBound => _holds is not null;

    /// <inheritdoc/>
    public override string Description => $"{Name} (version {Version})";

    /// <summary>Supplies the code that a journal could not hold.</summary>
    internal void Bind(DelegateConstraint source) => _holds ??= source._holds;

    internal bool Holds(Configuration configuration) => _holds is not null
        ? _holds(configuration)
        : throw new SpaceException($"The input constraint '{Description}' is code that this process was not given; "
            + "pass the search space again when you open the study.");
}
