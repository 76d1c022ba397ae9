namespace Attune.Sqlite;

/// <summary>An order of trials.</summary>
public enum TrialOrder
{
    /// <summary>By number: in order of reservation.</summary>
    Number,

    /// <summary>
    /// By the loss of the first objective, the best first, ties in order of their last event; trials without a value come last.
    /// </summary>
    Loss,

    /// <summary>By the last event: for finished trials in order of completion.</summary>
    Change,
}
