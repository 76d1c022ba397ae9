using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Attune.Packing;
using Attune.Scheduling;

namespace Attune.Histories;

/// <summary>
/// Trials with consecutive numbers that have all ended, in little memory: what every trial has is kept as numbers, and only unusual
/// trials as objects. Immutable; a trial is made anew whenever it is read, and equals the one that was packed.
/// </summary>
internal sealed class TrialBlock
{
    private readonly int _first;
    private readonly Row[] _rows;
    private readonly double[] _numbers;
    private readonly object[] _references;

    private TrialBlock(int first, Row[] rows, double[] numbers, object[] references) =>
        (_first, _rows, _numbers, _references) = (first, rows, numbers, references);

    internal Trial this[int index] => _references[_rows[index].Reference] switch
    {
        Trial whole => whole,
        var shape => Read(_first + index, _rows[index], (Shape)shape),
    };

    internal static TrialBlock Pack(ReadOnlySpan<Trial> trials)
    {
        var rows = new Row[trials.Length];
        var numbers = new NumberWriter(trials.Length * 20);
        var references = new ReferenceTable();
        for (var i = 0; i < rows.Length; i++)
            rows[i] = CanWrite(trials[i]) ? Write(trials[i], ref numbers, references) : new() { Reference = references.Add(trials[i]) };
        return new(trials[0].Number, rows, numbers.Finish(), references.ToArray());
    }

    private static bool CanWrite(Trial trial) =>
        trial is { Configuration: not null, HasRarities: false, Annotation: null }
        && (trial.Measurements.Count == 0 || (trial.Measurements.Count == 1 && PackedMeasurement.CanWrite(trial.Measurements[0])));

    private static Row Write(Trial trial, ref NumberWriter numbers, ReferenceTable references)
    {
        var measurement = trial.Measurements.Count == 0 ? null : trial.Measurements[0];
        var row = new Row
        {
            ReservedTicks = trial.ReservedAt.UtcTicks,
            StartedTicks = trial.StartedAt?.UtcTicks ?? 0,
            FinishedTicks = trial.FinishedAt?.UtcTicks ?? 0,
            SamplerIndex = trial.SamplerIndex,
            Offset = numbers.Count,
            Reference = InternShape(trial, measurement, references),
            Attempt = trial.Attempt,
            Token = trial.Token,
            MeasuredSequence = measurement?.Sequence ?? 0,
            MeasuredAttempt = measurement?.Attempt ?? 0,
            Origin = (byte)trial.Origin,
            State = (byte)trial.State,
            Decision = (byte)trial.Decision,
            WillRetry = trial.WillRetry,
            IsInterrupted = trial.IsInterrupted,
        };
        numbers.Add(trial.Configuration!.Numbers);
        numbers.Add(trial.Reduced.AsSpan());
        numbers.Add(trial.Violations.AsSpan());
        numbers.Add(trial.Target ?? double.NaN);
        numbers.Add(trial.Spending.Resource);
        numbers.Add(trial.Spending.CountedResource);
        numbers.Add(trial.Spending.Cost);
        numbers.Add(trial.Spending.CountedCost);
        if (measurement is not null)
            PackedMeasurement.Write(ref numbers, measurement);
        return row;
    }

    private static int InternShape(Trial trial, Measurement? measurement, ReferenceTable references)
    {
        var found = references.Find<Shape, Trial>(trial, static (shape, trial) => shape.IsOf(trial));
        return found >= 0 ? found : references.Add(new Shape(
            trial.Configuration!.Space, trial.SpaceRevision, trial.Worker, trial.Step,
            measurement is null ? null : new(measurement.Metrics), trial.Reduced.Length, trial.Violations.Length));
    }

    private Trial Read(int number, in Row row, Shape shape)
    {
        var numbers = _numbers.AsSpan(row.Offset);
        var configuration = Take(ref numbers, shape.Space.Dimensions).ToArray();
        var losses = Take(ref numbers, shape.Losses);
        var violations = Take(ref numbers, shape.Violations);
        var rest = Take(ref numbers, 5);
        return new()
        {
            Number = number,
            Configuration = new(shape.Space, configuration),
            SpaceRevision = shape.SpaceRevision,
            Origin = (TrialOrigin)row.Origin,
            SamplerIndex = row.SamplerIndex,
            State = (TrialState)row.State,
            Decision = (TrialDecision)row.Decision,
            WillRetry = row.WillRetry,
            IsInterrupted = row.IsInterrupted,
            Attempt = row.Attempt,
            Token = row.Token,
            Worker = shape.Worker,
            Target = PackedMeasurement.OrNull(rest[0]),
            Step = shape.Step,
            Measurements = shape.Names is { } names
                ? MeasurementList.Empty.Add(PackedMeasurement.Read(names, numbers, row.MeasuredSequence, row.MeasuredAttempt))
                : MeasurementList.Empty,
            Reduced = ImmutableArray.Create(losses),
            Violations = ImmutableArray.Create(violations),
            Spending = new(rest[1], rest[2], rest[3], rest[4]),
            ReservedAt = new(row.ReservedTicks, TimeSpan.Zero),
            StartedAt = Moment(row.StartedTicks),
            FinishedAt = Moment(row.FinishedTicks),
        };
    }

    private static ReadOnlySpan<double> Take(ref Span<double> numbers, int count)
    {
        var taken = numbers[..count];
        numbers = numbers[count..];
        return taken;
    }

    private static DateTimeOffset? Moment(long ticks) => ticks == 0 ? null : new(ticks, TimeSpan.Zero);

    /// <summary>What many trials have in common.</summary>
    private sealed record Shape(
        SearchSpace Space, int SpaceRevision, string? Worker, ScheduleStep? Step, MetricNames? Names, int Losses, int Violations)
    {
        internal bool IsOf(Trial trial) => ReferenceEquals(Space, trial.Configuration!.Space) && SpaceRevision == trial.SpaceRevision
            && Losses == trial.Reduced.Length && Violations == trial.Violations.Length && Worker == trial.Worker && Step == trial.Step
            && (trial.Measurements.Count == 0 ? Names is null : Names is not null && Names.AreOf(trial.Measurements[0].Metrics));
    }

    /// <summary>A trial without its numbers.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Row
    {
        internal long ReservedTicks;
        internal long StartedTicks;
        internal long FinishedTicks;
        internal long SamplerIndex;
        internal int Offset;
        internal int Reference;
        internal int Attempt;
        internal int Token;
        internal int MeasuredSequence;
        internal int MeasuredAttempt;
        internal byte Origin;
        internal byte State;
        internal byte Decision;
        internal bool WillRetry;
        internal bool IsInterrupted;
    }
}
