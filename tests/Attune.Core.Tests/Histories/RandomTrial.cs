namespace Attune.Core.Tests.Histories;

/// <summary>What a <see cref="RandomJournal"/> knows of a trial, kept beside its events in the plainest way.</summary>
internal sealed class RandomTrial
{
    internal int Number { get; init; }

    internal TrialState State { get; set; } = TrialState.Reserved;

    internal bool WillRetry { get; set; }

    internal bool IsInterrupted { get; set; }

    internal bool IsProposed { get; set; }

    internal bool FromSampler { get; set; }

    internal int Token { get; set; }

    internal int Attempt { get; set; } = 1;

    internal double? Checkpoint { get; set; }

    internal double Reached { get; set; }

    internal double Resource { get; set; }

    internal double Cost { get; set; }

    internal double RunCost { get; set; }

    internal int RunStart { get; set; }

    internal List<Measurement> Measurements { get; } = [];
}
