using System.Runtime.InteropServices;
using Attune.Packing;

namespace Attune.Events;

/// <summary>
/// The payloads of consecutive events in little memory: what every trial has is kept as numbers, and only what is rare as objects, so
/// that millions of events burden the garbage collector no more than a few arrays. Immutable; a payload is made anew whenever it is
/// read, and equals the one that was packed.
/// </summary>
public sealed class PayloadBlock
{
    private readonly Row[] _rows;
    private readonly double[] _numbers;
    private readonly object[] _references;

    private PayloadBlock(Row[] rows, double[] numbers, object[] references) => (_rows, _numbers, _references) = (rows, numbers, references);

    private enum RowKind : byte
    {
        Whole,
        Reserved,
        Proposed,
        Started,
        Measured,
        Finished,
    }

    /// <summary>How many payloads there are.</summary>
    public int Count => _rows.Length;

    /// <summary>A payload.</summary>
    /// <param name="index">Its place, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such payload.</exception>
    public StudyEvent this[int index] => (uint)index < (uint)_rows.Length
        ? Read(_rows[index])
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {Count} payloads.");

    /// <summary>Packs payloads.</summary>
    /// <param name="payloads">Payloads in the order of their events.</param>
    public static PayloadBlock Pack(ReadOnlySpan<StudyEvent> payloads)
    {
        var rows = new Row[payloads.Length];
        var numbers = new NumberWriter(payloads.Length * 4);
        var references = new ReferenceTable();
        for (var i = 0; i < rows.Length; i++)
            rows[i] = Write(payloads[i], ref numbers, references);
        return new(rows, numbers.Finish(), references.ToArray());
    }

    private static Row Write(StudyEvent payload, ref NumberWriter numbers, ReferenceTable references)
    {
        var row = new Row { Offset = numbers.Count, Reference = -1 };
        switch (payload)
        {
            case Reserved { QueuePosition: 0 } reserved:
                (row.Kind, row.Trial, row.Detail) = (RowKind.Reserved, reserved.Trial, (byte)reserved.Origin);
                (row.Large, row.Small) = (reserved.SamplerIndex, reserved.Parallelism);
                WriteStep(ref row, reserved.Resource, reserved.Step, ref numbers, references);
                break;
            case Proposed { Annotation: null } proposed:
                (row.Kind, row.Trial, row.Large, row.Small) = (RowKind.Proposed, proposed.Trial, proposed.Basis, proposed.BatchIndex);
                row.Reference = InternSource(proposed, references);
                numbers.Add(proposed.Configuration.Numbers);
                break;
            case Started started:
                (row.Kind, row.Trial, row.Large, row.Small) = (RowKind.Started, started.Trial, started.Basis, started.Attempt);
                WriteStep(ref row, started.Resource, started.Step, ref numbers, references);
                break;
            case Measured { Measurement: var measurement } measured when PackedMeasurement.CanWrite(measurement):
                (row.Kind, row.Trial, row.Large, row.Small) = (RowKind.Measured, measured.Trial, measurement.Sequence, measurement.Attempt);
                row.Reference = references.InternNames(measurement.Metrics);
                PackedMeasurement.Write(ref numbers, measurement);
                break;
            case Finished finished:
                (row.Kind, row.Trial, row.Detail) = (RowKind.Finished, finished.Trial, finished.Stopped ? (byte)1 : (byte)0);
                break;
            default:
                row.Reference = references.Add(payload);
                break;
        }

        return row;
    }

    private static void WriteStep(ref Row row, double? resource, ScheduleStep? step, ref NumberWriter numbers, ReferenceTable references)
    {
        numbers.Add(resource ?? double.NaN);
        if (step is not null)
            row.Reference = references.Intern(step);
    }

    private static int InternSource(Proposed proposed, ReferenceTable references)
    {
        var found = references.Find<Source, Proposed>(
            proposed, static (source, proposed) => ReferenceEquals(source.Space, proposed.Configuration.Space)
            && source.Sampler == proposed.Sampler && source.Fingerprint == proposed.Fingerprint);
        return found >= 0 ? found : references.Add(new Source(proposed.Configuration.Space, proposed.Sampler, proposed.Fingerprint));
    }

    private StudyEvent Read(in Row row) => row.Kind switch
    {
        RowKind.Reserved => new Reserved(row.Trial, (TrialOrigin)row.Detail, row.Large, 0, row.Small, Resource(row), Step(row)),
        RowKind.Proposed => Propose(row, (Source)_references[row.Reference]),
        RowKind.Started => new Started(row.Trial, row.Small, Resource(row), row.Large, Step(row)),
        RowKind.Measured => new Measured(row.Trial, PackedMeasurement.Read(
            (MetricNames)_references[row.Reference], _numbers.AsSpan(row.Offset), (int)row.Large, row.Small)),
        RowKind.Finished => new Finished(row.Trial, Stopped: row.Detail != 0),
        _ => (StudyEvent)_references[row.Reference],
    };

    private Proposed Propose(in Row row, Source source)
    {
        var numbers = _numbers.AsSpan(row.Offset, source.Space.Dimensions).ToArray();
        return new(row.Trial, new(source.Space, numbers), row.Large, row.Small, source.Sampler, source.Fingerprint);
    }

    private double? Resource(in Row row) => PackedMeasurement.OrNull(_numbers[row.Offset]);

    private ScheduleStep? Step(in Row row) => row.Reference < 0 ? null : (ScheduleStep)_references[row.Reference];

    /// <summary>What the proposals of a study have in common.</summary>
    private sealed record Source(SearchSpace Space, MethodDescriptor? Sampler, string Fingerprint);

    /// <summary>
    /// A payload without its numbers; what <see cref="Large"/>, <see cref="Small"/> and <see cref="Detail"/> are depends on the kind.
    /// </summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Row
    {
        internal long Large;
        internal int Trial;
        internal int Small;
        internal int Offset;
        internal int Reference;
        internal RowKind Kind;
        internal byte Detail;
    }
}
