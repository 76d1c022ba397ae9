namespace Attune;

/// <summary>The mistakes found in a type, so that all are reported at once.</summary>
internal sealed class MistakeList(Type root)
{
    private readonly List<string> _mistakes = [];

    internal bool IsEmpty => _mistakes.Count == 0;

    internal void Add(MemberPlace place, string mistake)
    {
        var line = $"{place}: {mistake}";
        if (!_mistakes.Contains(line))
            _mistakes.Add(line);
    }

    /// <summary>Adds what the search space says, without the name of the parameter where that is only the member's own.</summary>
    internal void Add(MemberPlace place, SpaceException exception)
    {
        var prefix = exception.Parameter is null ? "" : new SpaceException(exception.Parameter, "").Message;
        Add(place, exception.Message[prefix.Length..]);
    }

    /// <exception cref="SpaceException">There is a mistake.</exception>
    internal void ThrowIfAny()
    {
        if (_mistakes.Count == 1)
            throw new SpaceException(_mistakes[0]);
        if (_mistakes.Count > 1)
            throw new SpaceException($"{TypeNames.Of(root)} has {_mistakes.Count} mistakes:\n  {string.Join("\n  ", _mistakes)}");
    }
}
