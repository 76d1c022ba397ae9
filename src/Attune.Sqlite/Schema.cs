using Attune.Sqlite.Connections;

namespace Attune.Sqlite;

/// <summary>The tables, and how older formats become the newest. <c>docs/storage.md</c> describes them for users.</summary>
internal static class Schema
{
    /// <summary>"Attu" in ASCII: tells an Attune store from other SQLite databases.</summary>
    internal const int ApplicationId = 0x41747475;

    /// <summary>The newest format.</summary>
    internal const int Format = 1;

    /// <summary>What makes each format out of the one before; the first out of an empty file. Never changed, only added to.</summary>
    internal static IReadOnlyList<Action<Database>> Migrations { get; } = [CreateFormat1];

    private static void CreateFormat1(Database database) => database.Execute(
        """
        CREATE TABLE meta (
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE studies (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE
        );

        CREATE TABLE events (
            study INTEGER NOT NULL,
            position INTEGER NOT NULL,
            time INTEGER NOT NULL,
            writer TEXT NOT NULL,
            sequence INTEGER NOT NULL,
            token INTEGER NOT NULL,
            causation INTEGER NOT NULL,
            version INTEGER NOT NULL,
            kind TEXT NOT NULL,
            trial INTEGER,
            body TEXT NOT NULL,
            PRIMARY KEY (study, position)
        ) WITHOUT ROWID;

        CREATE INDEX events_of_trial ON events (study, trial, position) WHERE trial IS NOT NULL;

        CREATE INDEX events_of_definition ON events (study, position) WHERE kind IN ('created', 'space-revised');

        CREATE TABLE leases (
            study INTEGER NOT NULL,
            name TEXT NOT NULL,
            owner TEXT NOT NULL,
            beat INTEGER NOT NULL,
            duration INTEGER NOT NULL,
            PRIMARY KEY (study, name)
        ) WITHOUT ROWID;

        CREATE TABLE trial_rows (
            study INTEGER NOT NULL,
            number INTEGER NOT NULL,
            position INTEGER NOT NULL,
            state TEXT NOT NULL,
            will_retry INTEGER NOT NULL,
            origin TEXT NOT NULL,
            space_revision INTEGER NOT NULL,
            configuration TEXT,
            "values" TEXT,
            metrics TEXT NOT NULL,
            losses TEXT,
            value REAL,
            loss REAL,
            feasible INTEGER NOT NULL,
            resource REAL,
            target REAL,
            attempt INTEGER NOT NULL,
            worker TEXT,
            failure_kind TEXT,
            failure_reason TEXT,
            checkpoint TEXT,
            resource_spent REAL NOT NULL,
            cost_spent REAL NOT NULL,
            reserved INTEGER NOT NULL,
            started INTEGER,
            finished INTEGER,
            annotation TEXT,
            PRIMARY KEY (study, number)
        ) WITHOUT ROWID;

        CREATE VIEW trials AS
        SELECT
            studies.name AS study,
            number,
            state,
            will_retry,
            origin,
            space_revision,
            configuration,
            value,
            "values" AS objective_values,
            metrics,
            loss,
            losses,
            feasible,
            resource,
            target,
            attempt AS attempts,
            worker,
            failure_kind,
            failure_reason,
            checkpoint,
            annotation,
            resource_spent,
            cost_spent,
            strftime('%Y-%m-%dT%H:%M:%fZ', reserved / 1e7, 'unixepoch') AS reserved_at,
            strftime('%Y-%m-%dT%H:%M:%fZ', started / 1e7, 'unixepoch') AS started_at,
            strftime('%Y-%m-%dT%H:%M:%fZ', finished / 1e7, 'unixepoch') AS finished_at,
            (finished - started) / 1e7 AS duration
        FROM trial_rows JOIN studies ON studies.id = trial_rows.study
        WHERE state <> 'reserved';

        CREATE VIEW trial_parameters AS
        SELECT
            studies.name AS study,
            trial_rows.number,
            trial_rows.state,
            parameter.key AS parameter,
            parameter.type AS type,
            parameter.atom AS value
        FROM trial_rows JOIN studies ON studies.id = trial_rows.study, json_each(trial_rows.configuration) AS parameter
        WHERE trial_rows.configuration IS NOT NULL AND trial_rows.state <> 'reserved';

        CREATE VIEW measurements AS
        SELECT
            studies.name AS study,
            events.trial AS number,
            coalesce(json_extract(events.body, '$.sequence'), 0) AS sequence,
            coalesce(json_extract(events.body, '$.attempt'), 1) AS attempt,
            json_extract(events.body, '$.resource') AS resource,
            json_extract(events.body, '$.instance') AS instance,
            coalesce(json_extract(events.body, '$.replicate'), 0) AS replicate,
            json_extract(events.body, '$.elapsed') AS elapsed,
            metric.key AS metric,
            metric.atom AS value,
            strftime('%Y-%m-%dT%H:%M:%fZ', events.time / 1e7, 'unixepoch') AS measured_at
        FROM events JOIN studies ON studies.id = events.study, json_each(events.body, '$.metrics') AS metric
        WHERE events.kind = 'measured';
        """);
}
