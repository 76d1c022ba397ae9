using Attune.Events;
using Attune.Histories;
using Attune.Journals;
using Attune.Sqlite.Connections;
using Attune.Sqlite.Projection;
using Attune.Sqlite.Reading;
using Attune.Sqlite.Writing;

namespace Attune.Sqlite;

/// <content>Checks and repairs.</content>
public sealed partial class SqliteStore
{
    private const int CheckedAtATime = 10_000;
    private const int MostProblems = 100;

    /// <summary>
    /// Reads everything: the file's own structure, every event, the history that they tell, and whether the rows of trials equal it. Takes
    /// seconds for a million events; others may work on the store meanwhile.
    /// </summary>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="JournalException">The file cannot be read at all.</exception>
    public async ValueTask<StoreReport> CheckAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var problems = new List<string>();
        await ReadAsync(database =>
        {
            var rows = database["PRAGMA quick_check"];
            while (rows.Step())
            {
                if (rows.Text(0) is not "ok" and var problem)
                    problems.Add($"The file is damaged: {problem}");
            }

            rows = database["SELECT DISTINCT study FROM events WHERE study NOT IN (SELECT id FROM studies)"];
            while (rows.Step())
                problems.Add($"There are events of a study with the id {rows.Long(0)}, which does not exist.");
            return true;
        }).ConfigureAwait(false);
        var studies = await ListAsync(cancellationToken).ConfigureAwait(false);
        var events = 0L;
        foreach (var study in studies)
        {
            try
            {
                events += await CheckAsync(study, problems, cancellationToken).ConfigureAwait(false);
            }
            catch (JournalException exception)
            {
                problems.Add($"{study}: {exception.Message}");
            }
        }

        return new(studies.Count, events, problems.Count > MostProblems
            ? [.. problems.Take(MostProblems), $"… and {problems.Count - MostProblems} more."] : problems);
    }

    /// <summary>Makes the rows of trials anew from the events, for all studies or for one.</summary>
    /// <param name="study">The name of a study; null for all.</param>
    /// <param name="cancellationToken">Gives up waiting for the turn to write.</param>
    /// <returns>How many rows there are.</returns>
    /// <exception cref="JournalException">There is no such study, its events cannot be read, or the store cannot be written.</exception>
    public async ValueTask<int> RebuildAsync(string? study = null, CancellationToken cancellationToken = default)
    {
        var count = 0;
        foreach (var name in study is null ? await ListAsync(cancellationToken).ConfigureAwait(false) : [study])
        {
            var journal = await FindJournalAsync(name).ConfigureAwait(false);
            count += await Queue.RunAsync(
                new WriteFunction<int>(_ => 0, (database, _) => Rebuild(database, journal)), cancellationToken).ConfigureAwait(false);
        }

        return count;
    }

    private static int Rebuild(Database database, SqliteJournal journal)
    {
        database["DELETE FROM trial_rows WHERE study = ?1"].Bind(1, journal.Id).Run();
        var fold = new ProjectionFold();
        Fold(database, journal, fold.Apply, 0, journal.Head(database));
        foreach (var trial in fold.Trials)
            TrialRows.Write(database, journal.Id, TrialRows.Of(fold.Problem, trial));
        return fold.Trials.Count;
    }

    private static void Fold(Database database, SqliteJournal journal, Action<JournalEvent> apply, long after, long head)
    {
        var reader = new EventReader(journal.Definitions, journal.Definitions.CodecAt(database, after));
        var rows = EventTable.SelectRange(database, journal.Id, after, head, head - after);
        while (rows.Step())
            apply(reader.Read(rows));
    }

    /// <summary>Checks one study at the moment of its present last event.</summary>
    private async ValueTask<long> CheckAsync(string study, List<string> problems, CancellationToken cancellationToken)
    {
        var journal = await FindJournalAsync(study).ConfigureAwait(false);

        // Rows and events of one moment; then the events in bites, so that others can read meanwhile: they do not change.
        var (head, rows) = await ReadAsync(database =>
        {
            database.Execute("BEGIN");
            try
            {
                return (journal.Head(database), ReadRows(database, journal.Id));
            }
            finally
            {
                database.ResetStatements();
                database.Execute("COMMIT");
            }
        }).ConfigureAwait(false);
        var history = new HistoryFold();
        var projection = new ProjectionFold();
        for (var position = 0L; position < head; position = history.Current.Position)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (after, upTo) = (position, Math.Min(head, position + CheckedAtATime));
            await ReadAsync(database =>
            {
                Fold(database, journal, journalEvent =>
                {
                    history.Apply(journalEvent);
                    projection.Apply(journalEvent);
                }, after, upTo);
                return true;
            }).ConfigureAwait(false);
            if (history.Current.Position < upTo)
                throw new JournalException(JournalFault.Damaged, $"The event at position {history.Current.Position + 1} is missing. "
                    + "Restore the store from a backup.");
        }

        Compare(study, history.Current, projection, rows, problems);
        return head;
    }

    private static Dictionary<int, TrialRow> ReadRows(Database database, long study)
    {
        var (names, found) = (new Utf8Names(), new Dictionary<int, TrialRow>());
        var rows = database[$"SELECT {TrialRows.Columns} FROM trial_rows WHERE study = ?1"].Bind(1, study);
        while (rows.Step())
        {
            var row = TrialRows.Read(rows, names);
            found.Add(row.Number, row);
        }

        return found;
    }

    private static void Compare(
        string study, History history, ProjectionFold projection, Dictionary<int, TrialRow> rows, List<string> problems)
    {
        foreach (var trial in history.Trials)
        {
            // From the history itself: were the projection's own fold to differ from it, this is where it would show.
            var projected = new ProjectedTrial(trial, projection.Trials[trial.Number].Position, ProjectedTrial.MetricsOf(trial));
            var expected = TrialRows.Of(projection.Problem, projected);
            if (!rows.Remove(trial.Number, out var row))
                problems.Add($"{study}: the row of trial {trial.Number} is missing. 'attune doctor --rebuild' makes it anew.");
            else if (RowDifferences.Describe(row, expected) is { } differences)
                problems.Add($"{study}: the row of trial {trial.Number} is not what its events tell: {differences}. "
                    + "'attune doctor --rebuild' makes it anew.");
        }

        foreach (var number in rows.Keys.Order())
            problems.Add($"{study}: there is a row of a trial {number}, of which no event tells. 'attune doctor --rebuild' removes it.");
    }
}
