using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Attune.Serialization;
using Attune.Sqlite.Connections;

namespace Attune.Sqlite.Projection;

/// <summary>Rows of trials: made from trials, written and read.</summary>
internal static class TrialRows
{
    internal const string Columns =
        """
        number, position, state, will_retry, origin, space_revision, configuration, "values", metrics, losses, value, loss, feasible,
        resource, target, attempt, worker, failure_kind, failure_reason, checkpoint, resource_spent, cost_spent, reserved, started,
        finished, annotation
        """;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private const string Insert =
        $"INSERT OR REPLACE INTO trial_rows (study, {Columns}) "
        + "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, "
        + "?25, ?26, ?27)";

    internal static TrialRow Of(Problem problem, ProjectedTrial projected)
    {
        var trial = projected.Trial;
        var values = trial.Values(problem);
        return new()
        {
            Number = trial.Number,
            Position = projected.Position,
            State = trial.State,
            WillRetry = trial.WillRetry,
            Origin = trial.Origin,
            SpaceRevision = trial.SpaceRevision,
            Configuration = trial.Configuration is { } configuration ? ConfigurationJson.ToText(configuration) : null,
            Values = values.IsEmpty ? null
                : Object(problem.Objectives.Select((objective, i) => KeyValuePair.Create(objective.Metric, values[i]))),
            Metrics = Object(projected.Metrics),
            Losses = values.IsEmpty ? null
                : $"[{string.Join(',', trial.Losses.Select(loss => loss.ToString("R", CultureInfo.InvariantCulture)))}]",
            Value = values.IsEmpty ? null : values[0],
            Loss = values.IsEmpty ? null : trial.Losses[0],
            IsFeasible = trial.IsFeasible,
            Resource = trial.Resource,
            Target = trial.Target,
            Attempt = trial.Attempt,
            Worker = trial.Worker,
            Failure = trial.Failure,
            Checkpoint = trial.Checkpoint,
            Annotation = trial.Annotation,
            ResourceSpent = trial.ResourceSpent,
            CostSpent = trial.CostSpent,
            ReservedAt = trial.ReservedAt,
            StartedAt = trial.StartedAt,
            FinishedAt = trial.FinishedAt,
        };
    }

    internal static void Write(Database database, long study, TrialRow row) => database[Insert]
        .Bind(1, study)
        .Bind(2, (long)row.Number)
        .Bind(3, row.Position)
        .Bind(4, JsonNames.Of(row.State))
        .Bind(5, row.WillRetry ? 1L : 0)
        .Bind(6, JsonNames.Of(row.Origin))
        .Bind(7, (long)row.SpaceRevision)
        .Bind(8, row.Configuration)
        .Bind(9, row.Values)
        .Bind(10, row.Metrics)
        .Bind(11, row.Losses)
        .Bind(12, row.Value)
        .Bind(13, row.Loss)
        .Bind(14, row.IsFeasible ? 1L : 0)
        .Bind(15, row.Resource)
        .Bind(16, row.Target)
        .Bind(17, (long)row.Attempt)
        .Bind(18, row.Worker)
        .Bind(19, row.Failure is { } failure ? JsonNames.Of(failure.Kind) : null)
        .Bind(20, row.Failure?.Reason)
        .Bind(21, row.Checkpoint)
        .Bind(22, row.ResourceSpent)
        .Bind(23, row.CostSpent)
        .Bind(24, UnixTicks.Of(row.ReservedAt))
        .Bind(25, UnixTicks.Of(row.StartedAt))
        .Bind(26, UnixTicks.Of(row.FinishedAt))
        .Bind(27, row.Annotation)
        .Run();

    /// <summary>Reads the current row of a statement whose first columns are <see cref="Columns"/>.</summary>
    internal static TrialRow Read(Statement row, Utf8Names names) => new()
    {
        Number = (int)row.Long(0),
        Position = row.Long(1),
        State = JsonNames.Parse<TrialState>(names.Get(row.Utf8(2))),
        WillRetry = row.Long(3) != 0,
        Origin = JsonNames.Parse<TrialOrigin>(names.Get(row.Utf8(4))),
        SpaceRevision = (int)row.Long(5),
        Configuration = row.TextOrNull(6),
        Values = row.TextOrNull(7),
        Metrics = row.Text(8),
        Losses = row.TextOrNull(9),
        Value = row.DoubleOrNull(10),
        Loss = row.DoubleOrNull(11),
        IsFeasible = row.Long(12) != 0,
        Resource = row.DoubleOrNull(13),
        Target = row.DoubleOrNull(14),
        Attempt = (int)row.Long(15),
        Worker = row.IsNull(16) ? null : names.Get(row.Utf8(16)),
        Failure = row.IsNull(17) ? null : new(JsonNames.Parse<FailureKind>(names.Get(row.Utf8(17))), row.Text(18)),
        Checkpoint = row.TextOrNull(19),
        ResourceSpent = row.Double(20),
        CostSpent = row.Double(21),
        ReservedAt = UnixTicks.ToTime(row.Long(22)),
        StartedAt = UnixTicks.ToTime(row.LongOrNull(23)),
        FinishedAt = UnixTicks.ToTime(row.LongOrNull(24)),
        Annotation = row.TextOrNull(25),
    };

    private static string Object(IEnumerable<KeyValuePair<string, double>> members)
    {
        var buffer = new ArrayBufferWriter<byte>(64);
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in members)
                writer.WriteNumber(name, value);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
