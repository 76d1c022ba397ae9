namespace Attune;

/// <summary>A condition that is read when all names are known; once, though many parameters may stand under it.</summary>
internal sealed class PendingCondition(Func<NameTable, Expression?> read)
{
    private Expression? _condition;
    private bool _isRead;

    /// <summary>The condition; null after a mistake.</summary>
    internal Expression? Read(NameTable names)
    {
        if (!_isRead)
            (_condition, _isRead) = (read(names), true);
        return _condition;
    }
}
