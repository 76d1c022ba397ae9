using System.Collections.Immutable;
using Attune.Events;
using Attune.Numerics;
using Attune.Scheduling;

namespace Attune.Core.Tests.Histories;

/// <summary>
/// A random legal journal of several workers, with what a history should say of it, kept by naive means: per second, per trial, by brute force.
/// </summary>
internal sealed class RandomJournal
{
    internal static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly List<RandomTrial> _trials = [];
    private readonly List<RandomTrial> _finished = [];
    private readonly List<long> _queue = [];
    private readonly Dictionary<string, int> _lastSeen = [];
    private readonly HashSet<string> _left = [];
    private readonly HashSet<int> _aliveSeconds = [];

    // In the order in which they came to rest.
    private readonly List<RandomTrial> _atRest = [];
    private RandomStream _random;
    private int _now;
    private SearchSpace _space;

    internal RandomJournal(ulong seed, int length)
    {
        _random = RandomKey.FromSeed(seed).CreateStream();
        _space = new SearchSpaceBuilder().Float("x", 0, 1).Build();
        Problem = new(
            _space,
            Chance(2) ? [new("loss")] : [new("loss"), new("accuracy", Direction.Maximize)],
            Chance(2) ? [new("memory", AtMost: 0.7)] : null,
            [new("epochs", 1, 9) { IsResumable = Chance(2) }],
            Chance(2) ? "price" : null);
        Add("w0", 0, new StudyCreated(new(Problem, seed, new("random", 1), new("none", 1))));
        while (Events.Count < length)
            Step();
    }

    internal Problem Problem { get; }

    internal List<JournalEvent> Events { get; } = [];

    internal IReadOnlyList<RandomTrial> Trials => _trials;

    internal IReadOnlyList<long> Queue => _queue;

    internal int Revisions { get; private set; }

    internal int FinishedCount => _finished.Count;

    internal TimeSpan Alive => TimeSpan.FromSeconds(_aliveSeconds.Count);

    internal int ConsecutiveFailures => _finished.AsEnumerable().Reverse().TakeWhile(trial => trial.State is TrialState.Failed or TrialState.Lost).Count();

    /// <summary>Nobody in the front is dominated or equalled by anybody earlier, or dominated by anybody later.</summary>
    internal int[] Front()
    {
        var candidates = _atRest.Where(IsFeasible).ToArray();
        return [.. candidates.Where((trial, i) => !candidates.Where((other, j) => j != i && NoWorse(other, trial) && (j < i || !NoWorse(trial, other))).Any())
            .Select(trial => trial.Number)];
    }

    internal int FinishedWithoutImprovement { get; private set; }

    internal static double? Loss(RandomTrial trial, Objective objective) =>
        trial.Measurements.Count == 0 ? null : objective.Orient(trial.Measurements[^1].Metrics[objective.Metric]);

    private bool IsFeasible(RandomTrial trial) =>
        trial.Measurements.Count > 0 && (Problem.Constraints.IsEmpty || trial.Measurements.Any(HasMemory)
            && trial.Measurements.Last(HasMemory).Metrics["memory"] <= 0.7);

    private static bool HasMemory(Measurement measurement) => measurement.Metrics.TryGet("memory", out _);

    private bool NoWorse(RandomTrial left, RandomTrial right) => Problem.Objectives.All(objective => Loss(left, objective) <= Loss(right, objective));

    private void Step()
    {
        _now += Pick(4);
        var writer = $"w{Pick(4)}";
        if (!_lastSeen.ContainsKey(writer) || _left.Contains(writer))
        {
            _left.Remove(writer);
            _lastSeen[writer] = _now;
            Add(writer, 0, new WriterJoined(new(writer, "host", 1, 2, "fingerprint")));
            return;
        }

        switch (Pick(24))
        {
            case 0:
                Add(writer, 0, new WriterLeft());
                _left.Add(writer);
                break;
            case 1:
                Add(writer, 0, new Enqueued(_space.Decode([_random.NextDouble()]), "note"));
                _queue.Add(Events.Count);
                break;
            case 2:
                Add(writer, 0, Pick(5) switch
                {
                    0 => new Ticked(),
                    1 => new BudgetChanged(new() { Trials = 1 + Pick(9) }),
                    2 => new StopRequested(Chance(2)),
                    3 => new SamplerExhausted(),
                    _ => new Continued(),
                });
                break;
            case 3:
                _space = new SearchSpaceBuilder().Float("x", 0, _space["x"] is FloatParameter x ? x.High + 1 : 0).Build();
                Revisions++;
                Add(writer, 0, new SpaceRevised(_space, ImmutableSortedDictionary<string, ParameterValue>.Empty));
                break;
            case < 8:
                Reserve(writer);
                break;
            default:
                if (_trials.Count > 0)
                    Continue(writer, _trials[Pick(_trials.Count)]);
                break;
        }
    }

    private void Reserve(string writer)
    {
        var trial = new RandomTrial { Number = _trials.Count, Token = 1 };
        _trials.Add(trial);
        if (_queue.Count > 0)
        {
            Add(writer, 1, new Reserved(trial.Number, TrialOrigin.Enqueued, -1, _queue[0], 1));
            _queue.RemoveAt(0);
        }
        else
        {
            var index = _trials.Count(other => other.FromSampler);
            trial.FromSampler = true;
            Add(writer, 1, new Reserved(trial.Number, TrialOrigin.Sampler, index, 0, 1));
        }
    }

    private void Continue(string writer, RandomTrial trial)
    {
        switch (trial.State)
        {
            case TrialState.Reserved when !trial.IsProposed && Chance(8):
                Add(writer, trial.Token, new Lost(trial.Number, "gone", WillRetry: true));
                Add(writer, ++trial.Token, new Reserved(trial.Number, TrialOrigin.Sampler, -1, 0, 1));
                break;
            case TrialState.Reserved when !trial.IsProposed:
                trial.IsProposed = true;
                Add(writer, trial.Token, new Proposed(trial.Number, _space.Decode([_random.NextDouble()]), Events.Count, 0, null, "fingerprint"));
                break;
            case TrialState.Reserved:
                BeginRun(trial, 0);
                Add(writer, trial.Token, new Started(trial.Number, trial.Attempt));
                break;
            case TrialState.Failed or TrialState.Lost when trial.WillRetry:
                trial.Attempt += trial.IsInterrupted ? 0 : 1;
                trial.Token++;
                var from = Problem.Fidelity!.IsResumable ? trial.Checkpoint : null;
                trial.Measurements.RemoveAll(measurement => !(measurement.Resource <= from));
                BeginRun(trial, from ?? 0);
                Add(writer, trial.Token, new Started(trial.Number, trial.Attempt));
                break;
            case TrialState.Paused:
                trial.Token++;
                Leave(trial);
                BeginRun(trial, Problem.Fidelity!.IsResumable ? trial.Reached : 0);
                Add(writer, trial.Token, new Resumed(trial.Number, 9, Events.Count));
                break;
            case TrialState.Running:
                Run(writer, trial);
                break;
        }
    }

    /// <summary>When a trial of a front of several objectives goes on, the others are compared anew, by number.</summary>
    private void Leave(RandomTrial trial)
    {
        var wasInFront = Front().Contains(trial.Number);
        _atRest.Remove(trial);
        if (wasInFront && !Problem.IsSingleObjective)
            _atRest.Sort((left, right) => left.Number.CompareTo(right.Number));
    }

    private void BeginRun(RandomTrial trial, double reached)
    {
        (trial.State, trial.WillRetry, trial.IsInterrupted) = (TrialState.Running, false, false);
        (trial.Reached, trial.RunStart, trial.RunCost) = (reached, _now, 0);
    }

    private void Run(string writer, RandomTrial trial)
    {
        var seconds = Problem.CostMetric is null ? _now - trial.RunStart : trial.RunCost;
        switch (Pick(14))
        {
            case 0:
                End(trial, TrialState.Failed, willRetry: Chance(2), seconds);
                Add(writer, trial.Token, new Failed(trial.Number, FailureKind.Error, "no", trial.WillRetry));
                break;
            case 1:
                End(trial, TrialState.Lost, willRetry: Chance(2), trial.RunCost);
                Add(writer, trial.Token, new Lost(trial.Number, "gone", trial.WillRetry));
                break;
            case 2:
                End(trial, TrialState.Lost, willRetry: true, seconds);
                trial.IsInterrupted = true;
                Add(writer, trial.Token, new Lost(trial.Number, "back", WillRetry: true, Interrupted: true));
                break;
            case 3 when trial.Measurements.Count > 0:
                Add(writer, trial.Token, new Decided(trial.Number, TrialDecision.Pause, Events.Count));
                End(trial, TrialState.Paused, willRetry: false, seconds);
                Add(writer, trial.Token, new Paused(trial.Number));
                break;
            case 4 when trial.Measurements.Count > 0:
                trial.Checkpoint = trial.Reached;
                Charge(trial, seconds);
                Add(writer, trial.Token, new CheckpointSaved(trial.Number, "there", trial.Reached));
                break;
            case 5:
                Add(writer, trial.Token, new Launched(trial.Number, "host", 7, 8));
                break;
            case < 8 when trial.Measurements.Count > 0:
                var stopped = Chance(3);
                End(trial, stopped ? TrialState.Stopped : TrialState.Completed, willRetry: false, seconds);
                Add(writer, trial.Token, new Finished(trial.Number, stopped));
                break;
            default:
                Measure(writer, trial, seconds);
                break;
        }
    }

    private void Measure(string writer, RandomTrial trial, double seconds)
    {
        // Coarse values make ties.
        var values = new List<KeyValuePair<string, double>> { new("loss", Pick(6) / 2.0), new("accuracy", Pick(6) / 6.0) };
        if (Chance(2))
            values.Add(new("memory", Pick(10) / 10.0));
        var cost = seconds;
        if (Problem.CostMetric is not null)
        {
            cost = trial.RunCost + Pick(3);
            values.Add(new("price", cost));
        }

        Charge(trial, cost);
        var resource = Math.Max(1, trial.Reached + Pick(3) - 1);
        if (resource > trial.Reached)
        {
            trial.Resource += resource - trial.Reached;
            trial.Reached = resource;
        }

        var measurement = new Measurement(new(values)) { Resource = resource, Attempt = trial.Attempt };
        trial.Measurements.Add(measurement);
        Add(writer, trial.Token, new Measured(trial.Number, measurement));
    }

    private void End(RandomTrial trial, TrialState state, bool willRetry, double cost)
    {
        Charge(trial, cost);
        (trial.State, trial.WillRetry) = (state, willRetry);
        if (state != TrialState.Paused && !willRetry)
        {
            _finished.Add(trial);
            FinishedWithoutImprovement++;
        }

        if (state is not (TrialState.Completed or TrialState.Stopped or TrialState.Paused))
            return;
        _atRest.Add(trial);
        if (Front().Contains(trial.Number))
            FinishedWithoutImprovement = 0;
    }

    private static void Charge(RandomTrial trial, double cost)
    {
        trial.Cost += Math.Max(0, cost - trial.RunCost);
        trial.RunCost = Math.Max(trial.RunCost, cost);
    }

    private void Add(string writer, int token, StudyEvent payload)
    {
        if (_lastSeen.TryGetValue(writer, out var since))
        {
            for (var second = since; second < _now; second++)
                _aliveSeconds.Add(second);
            _lastSeen[writer] = _now;
        }

        Events.Add(new(Events.Count + 1, Start.AddSeconds(_now), writer, Events.Count + 1, token, 0, 1, payload));
    }

    private int Pick(int count) => (int)(_random.NextDouble() * count);

    private bool Chance(int oneIn) => Pick(oneIn) == 0;
}
