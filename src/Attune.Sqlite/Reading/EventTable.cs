using Attune.Events;
using Attune.Journals;
using Attune.Sqlite.Connections;

namespace Attune.Sqlite.Reading;

/// <summary>The table of events.</summary>
internal static class EventTable
{
    private const string Columns = "position, time, writer, sequence, token, causation, version, kind, trial, body";

    private const string Insert = $"INSERT INTO events (study, {Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";

    private const string Range = $"SELECT {Columns} FROM events WHERE study = ?1 AND position > ?2 AND position <= ?3 ORDER BY position "
        + "LIMIT ?4";

    private const string OfTrial = $"SELECT {Columns} FROM events WHERE study = ?1 AND trial = ?2 ORDER BY position";

    private const string Finals = $"SELECT {Columns} FROM events WHERE study = ?1 AND kind = 'final-evaluated' ORDER BY position";

    // The newest of the recommendations and of the ends of trials: a recommendation is current while no trial has ended after it.
    private const string Recommendation = $"SELECT {Columns} FROM events WHERE study = ?1 AND kind IN ('recommended', 'finished', "
        + "'failed', 'lost') ORDER BY position DESC LIMIT 1";

    private const string Definitions =
        $"SELECT {Columns} FROM events WHERE study = ?1 AND position > ?2 AND kind IN ('created', 'space-revised') ORDER BY position";

    /// <summary>The position of the last event; null when there is no such study.</summary>
    internal static long? Head(Database database, long study) =>
        database["SELECT max(position) FROM events WHERE study = ?1"].Bind(1, study).Scalar();

    internal static void Write(Database database, long study, in JournalEvent journalEvent, in EncodedEvent encoded) => database[Insert]
        .Bind(1, study)
        .Bind(2, journalEvent.Position)
        .Bind(3, UnixTicks.Of(journalEvent.Time))
        .Bind(4, journalEvent.Writer)
        .Bind(5, journalEvent.Sequence)
        .Bind(6, (long)journalEvent.Token)
        .Bind(7, journalEvent.Causation)
        .Bind(8, (long)journalEvent.Version)
        .Bind(9, encoded.Kind)
        .Bind(10, (long?)encoded.Trial)
        .BindText(11, encoded.Body.Span)
        .Run();

    internal static Statement SelectRange(Database database, long study, long after, long upTo, long limit) =>
        database[Range].Bind(1, study).Bind(2, after).Bind(3, upTo).Bind(4, limit);

    internal static Statement SelectTrial(Database database, long study, int trial) =>
        database[OfTrial].Bind(1, study).Bind(2, (long)trial);

    internal static Statement SelectFinals(Database database, long study) => database[Finals].Bind(1, study);

    internal static Statement SelectRecommendation(Database database, long study) => database[Recommendation].Bind(1, study);

    internal static Statement SelectDefinitions(Database database, long study, long after) =>
        database[Definitions].Bind(1, study).Bind(2, after);

    internal static long Position(Statement row) => row.Long(0);

    internal static int? Trial(Statement row) => row.IsNull(8) ? null : (int)row.Long(8);

    internal static bool IsDefinition(Statement row) => row.Utf8(7) is var kind
        && (kind.SequenceEqual("created"u8) || kind.SequenceEqual("space-revised"u8));

    /// <summary>Makes the event of the current row.</summary>
    internal static JournalEvent Envelope(Statement row, Utf8Names names, StudyEvent payload) => new(
        row.Long(0), UnixTicks.ToTime(row.Long(1)), names.Get(row.Utf8(2)), row.Long(3), (int)row.Long(4), row.Long(5), (int)row.Long(6),
            payload);

    /// <summary>Decodes the payload of the current row.</summary>
    internal static StudyEvent Decode(Statement row, EventCodec codec, Utf8Names names)
    {
        try
        {
            return codec.Decode(names.Get(row.Utf8(7)), (int)row.Long(6), Trial(row), row.Utf8(9));
        }
        catch (JournalException exception) when (exception.Fault == JournalFault.Damaged)
        {
            throw new JournalException(JournalFault.Damaged, $"Position {Position(row)} of the journal: {exception.Message}", exception);
        }
    }
}
