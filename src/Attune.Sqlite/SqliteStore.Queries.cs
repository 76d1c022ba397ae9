using System.Globalization;
using Attune.Events;
using Attune.Journals;
using Attune.Serialization;
using Attune.Sqlite.Connections;
using Attune.Sqlite.Projection;
using Attune.Sqlite.Reading;

namespace Attune.Sqlite;

/// <content>Questions that are answered without folding a whole journal.</content>
public sealed partial class SqliteStore
{
    /// <summary>Reads trials from the rows that the store keeps beside the journal.</summary>
    /// <param name="study">The name of the study.</param>
    /// <param name="query">Which, and in which order.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ArgumentException">The query is not legal.</exception>
    /// <exception cref="JournalException">There is no such study, or the store failed.</exception>
    public ValueTask<IReadOnlyList<TrialRow>> ReadTrialsAsync(string study, TrialQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        query.Check();
        return ReadAsync<IReadOnlyList<TrialRow>>(database =>
        {
            var names = new Utf8Names();
            var trials = new List<TrialRow>();
            var rows = database[Sql(query)].Bind(1, Id(database, study)).Bind(2, query.Limit ?? -1L).Bind(3, (long)query.Offset);
            while (rows.Step())
            {
                cancellationToken.ThrowIfCancellationRequested();
                trials.Add(TrialRows.Read(rows, names));
            }

            return trials;
        });
    }

    /// <summary>Reads one trial from the rows that the store keeps beside the journal.</summary>
    /// <param name="study">The name of the study.</param>
    /// <param name="trial">The number of the trial.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The trial; null when there is none, or its number is only reserved.</returns>
    /// <exception cref="JournalException">There is no such study, or the store failed.</exception>
    public ValueTask<TrialRow?> ReadTrialAsync(string study, int trial, CancellationToken cancellationToken = default) =>
        ReadAsync(database =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        var rows = database[$"SELECT {TrialRows.Columns} FROM trial_rows WHERE study = ?1 AND number = ?2 AND state <> 'reserved'"]
            .Bind(1, Id(database, study)).Bind(2, (long)trial);
        if (!rows.Step())
            return null;
        var row = TrialRows.Read(rows, new());
        rows.Reset();
        return row;
    });

    /// <summary>
    /// The best feasible trial by the first objective, ties going to the one that came to rest earlier; null when there is none. Stopped
    /// and paused trials count as in <see cref="TrialQuery.BestOf"/>.
    /// </summary>
    /// <param name="study">The name of the study.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="JournalException">There is no such study, or the store failed.</exception>
    public async ValueTask<TrialRow?> BestAsync(string study, CancellationToken cancellationToken = default)
    {
        var problem = (await SummarizeAsync(study, cancellationToken).ConfigureAwait(false)).Definition.Problem;
        var best = await ReadTrialsAsync(study, TrialQuery.BestOf(problem) with { Limit = 1 }, cancellationToken).ConfigureAwait(false);
        return best.Count == 0 ? null : best[0];
    }

    /// <summary>The events of one trial, in order.</summary>
    /// <param name="study">The name of the study.</param>
    /// <param name="trial">The number of the trial.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The events; none when there is no such trial.</returns>
    /// <exception cref="JournalException">There is no such study, or the store failed.</exception>
    public ValueTask<IReadOnlyList<JournalEvent>> ReadTrialEventsAsync(
        string study, int trial, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<JournalEvent>>(database =>
        {
            var journal = JournalOf(Id(database, study), study);
            var reader = new EventReader(journal.Definitions, journal.Definitions.CodecAt(database, long.MaxValue));
            var events = new List<JournalEvent>();
            var rows = EventTable.SelectTrial(database, journal.Id, trial);
            while (rows.Step())
            {
                cancellationToken.ThrowIfCancellationRequested();
                events.Add(reader.Read(rows));
            }

            return events;
        });

    /// <summary>The last final evaluation of each trial that has one; it reads past all events of the study.</summary>
    /// <param name="study">The name of the study.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Final evaluations by the number of the trial.</returns>
    /// <exception cref="JournalException">There is no such study, or the store failed.</exception>
    public ValueTask<IReadOnlyDictionary<int, FinalEvaluated>> ReadFinalsAsync(
        string study, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyDictionary<int, FinalEvaluated>>(database =>
        {
            var journal = JournalOf(Id(database, study), study);
            var reader = new EventReader(journal.Definitions, journal.Definitions.CodecAt(database, long.MaxValue));
            var finals = new Dictionary<int, FinalEvaluated>();
            var rows = EventTable.SelectFinals(database, journal.Id);
            while (rows.Step())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (reader.Read(rows).Payload is FinalEvaluated final)
                    finals[final.Trial] = final;
            }

            return finals;
        });

    /// <summary>The last final evaluation of one trial; null when it has none.</summary>
    /// <param name="study">The name of the study.</param>
    /// <param name="trial">The number of the trial.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="JournalException">There is no such study, or the store failed.</exception>
    public async ValueTask<FinalEvaluated?> ReadFinalAsync(string study, int trial, CancellationToken cancellationToken = default)
    {
        var events = await ReadTrialEventsAsync(study, trial, cancellationToken).ConfigureAwait(false);
        return events.Select(journalEvent => journalEvent.Payload).OfType<FinalEvaluated>().LastOrDefault();
    }

    /// <summary>The last recommendation, if no trial has ended since; null otherwise.</summary>
    /// <param name="study">The name of the study.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="JournalException">There is no such study, or the store failed.</exception>
    public ValueTask<Recommended?> ReadRecommendationAsync(string study, CancellationToken cancellationToken = default) =>
        ReadAsync(database =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            var journal = JournalOf(Id(database, study), study);
            var rows = EventTable.SelectRecommendation(database, journal.Id);
            if (!rows.Step())
                return null;
            var reader = new EventReader(journal.Definitions, journal.Definitions.CodecAt(database, long.MaxValue));
            return reader.Read(rows).Payload as Recommended;
        });

    /// <summary>What a study is and how far it has come.</summary>
    /// <param name="study">The name of the study.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="JournalException">There is no such study, or the store failed.</exception>
    public ValueTask<StudySummary> SummarizeAsync(string study, CancellationToken cancellationToken = default) => ReadAsync(database =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        var journal = JournalOf(Id(database, study), study);
        var head = journal.Head(database);
        var definition = ((StudyCreated)journal.Definitions.ReadUpTo(database, head)[0]).Definition;
        var counts = new Dictionary<TrialState, int>();
        var rows = database["SELECT state, count(*) FROM trial_rows WHERE study = ?1 GROUP BY state"].Bind(1, journal.Id);
        while (rows.Step())
            counts[JsonNames.Parse<TrialState>(rows.Text(0))] = (int)rows.Long(1);
        return new StudySummary(study, definition, head, TimeAt(database, journal.Id, 1), TimeAt(database, journal.Id, head), counts);
    });

    private static DateTimeOffset TimeAt(Database database, long study, long position) => UnixTicks.ToTime(
        database["SELECT time FROM events WHERE study = ?1 AND position = ?2"].Bind(1, study).Bind(2, position).Scalar() ?? 0);

    // Only names of this class enter the text; there are few forms, and each is prepared once.
    private static string Sql(TrialQuery query)
    {
        var states = query.States.IsDefaultOrEmpty
            ? "state <> 'reserved'"
            : $"state IN ({string.Join(", ", query.States.Distinct().Order().Select(state => $"'{JsonNames.Of(state)}'"))})";
        var feasible = query.IsFeasible is { } isFeasible ? $" AND feasible = {(isFeasible ? 1 : 0)}" : "";
        var direction = query.IsDescending ? "DESC" : "ASC";
        var order = query.Order switch
        {
            TrialOrder.Loss => $"loss IS NULL, loss {direction}, position {direction}",
            TrialOrder.Change => $"position {direction}",
            _ => $"number {direction}",
        };
        return string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT {TrialRows.Columns} FROM trial_rows WHERE study = ?1 AND {states}{feasible} ORDER BY {order} LIMIT ?2 OFFSET ?3");
    }

    private long Id(Database database, string study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return Find(database, study) ?? throw StoreFaults.NoStudy(Location, study);
    }
}
