using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Attune.Events;
using Attune.Histories;
using Attune.Journals;
using CsCheck;

namespace Attune.Core.Tests.Events;

public sealed class EventCodecTests
{
    private static readonly string Fixture = Path.Combine(AppContext.BaseDirectory, "Fixtures", "journal-v1.jsonl");

    [Fact]
    public void SampleJournal_HoldsEveryKindOfEvent()
    {
        var kinds = typeof(StudyEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(StudyEvent)) && !type.IsAbstract);
        Assert.Equal(kinds.Select(type => type.Name).Order(), SampleJournal.Events.Select(journalEvent => journalEvent.Payload.GetType().Name).Distinct().Order());
    }

    [Fact]
    public void Encode_OfTheSampleJournal_GivesTheStoredText() => Assert.Equal(File.ReadAllLines(Fixture), Write(SampleJournal.Events));

    [Fact]
    public void Decode_OfTheFirstFormat_FoldsToTheSameHistoryForEver()
    {
        var events = Read(File.ReadLines(Fixture)).ToArray();
        Assert.Equal(45, events.Length);
        var history = HistoryFold.Fold(events);
        Assert.Equal(45, history.Position);
        Assert.Equal(ulong.MaxValue, history.Seed);
        Assert.Equal(TimeSpan.FromTicks(36_000_000_003), history.Definition.Budget.WallClock);
        Assert.Equal(new RetryPolicy(4, 2), history.Definition.Retries);
        Assert.Equal("python train.py --rate {rate}", history.Definition.Attributes["program"]);
        Assert.Equal((8, 8), (history.Budget.Trials, history.DeclaredBudget.Trials));
        Assert.Equal((2, 0.8125), (history.Finals.Count, history.Finals[0].Metrics["test accuracy"]));
        Assert.Equal(new Failure(FailureKind.ExitCode, "exit code 3"), history.Finals[2].Failure);
        Assert.Equal("random", history.Sampler.Name);
        Assert.Equal("""{"beta":2.5,"kernel":"matern-5/2"}""", history.Definition.Sampler.Options);
        Assert.Equal(1, history.SpaceRevision);
        Assert.Equal(7, history.Problem.Space.Dimensions);
        Assert.True(history.IsStopRequested);
        Assert.False(history.IsCancelRequested);
        Assert.Equal([0], history.Front);
        Assert.Equal([29L], history.Queue.Select(queued => queued.Position));
        Assert.Equal(27 + 4, history.ResourceSpent);
        Assert.Equal(2.5 + 4, history.CostSpent);
        Assert.Equal(0, history.Recommendation?.Trial);
        Assert.True(history.Writers["worker-1"].HasLeft);
        Assert.Equal(TimeSpan.FromSeconds(60), history.Alive);

        var (first, second, third) = (history.Trials[0], history.Trials[1], history.Trials[2]);
        Assert.Equal(TrialState.Completed, first.State);
        Assert.Equal([0.04, -0.9], first.Losses);
        Assert.Equal([-2, -0.5], first.Violations);
        Assert.Equal("rate=0.001, drop=0.5, share=0.5, width=48, modèle \"x\"=1", first.Configuration?.ToString());
        Assert.Equal(ParameterValue.ValueKind.Real, first.Configuration!["modèle \"x\""].Kind);
        Assert.Equal("fold 1", first.Measurements[0].Instance);
        Assert.Equal(0.01, first.Measurements[0].StandardErrors!["accuracy"]);
        Assert.Equal(1.25, first.Measurements[0].Elapsed);
        Assert.Equal("/tmp/checkpoint", first.Checkpoint);
        Assert.Equal(new ScheduleStep(1, 2, 1, 9.5), first.Step);
        Assert.Equal(TrialState.Failed, second.State);
        Assert.Equal(new Failure(FailureKind.MissingMetric, "no accuracy"), second.Failure);
        Assert.Equal((2, 4), (second.Attempt, second.Token));
        Assert.Equal("""{"score":1e-3,"why":"explore"}""", second.Annotation);
        Assert.Equal(TrialState.Stopped, third.State);
        Assert.Equal("größe 学习率 🙂", third.Configuration?.GetText("modèle \"x\""));
        Assert.Equal(4, third.Configuration?.GetInt("layers"));
    }

    [Fact]
    public void Decode_OfEveryEncodedEvent_GivesEqualPayloads()
    {
        foreach (var (before, after) in SampleJournal.Events.Zip(Read(Write(SampleJournal.Events))))
        {
            // Definitions and spaces compare by their text, which the stored journal pins.
            if (before.Payload is not StudyCreated and not SpaceRevised)
                Assert.Equal(before, after);
        }

        Assert.Equal(Write(SampleJournal.Events), Write(Read(Write(SampleJournal.Events))));
    }

    [Fact]
    public void Decode_OfARecommendationWithItsInterval_IsExact()
    {
        var payload = new Recommended(1, 17, "posterior-mean") { Mean = 0.1, Low = -1e-300, High = 2.5, Level = 0.95 };
        var before = new EventDraft(DateTimeOffset.UnixEpoch, "worker", 1, 0, 0, payload).At(1);

        Assert.Equal(before, Assert.Single(Read(Write([before]))));
    }

    [Fact]
    public void Decode_UnderADecimalComma_IsTheSame()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("sv-SE");
            Assert.Equal(File.ReadAllLines(Fixture), Write(Read(File.ReadLines(Fixture))));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Decode_OfAMeasurementWithAnyNumbers_IsExact()
    {
        var name = Gen.String[Gen.Char.AlphaNumeric, 1, 9];
        Gen.Select(name, Gen.Double.Where(double.IsFinite), Gen.Double.Where(double.IsFinite).Nullable(), Gen.Int, Gen.Int[0, 9]).Sample((metric, value, resource, number, attempt) =>
        {
            var measured = new Measured(3, Measurement.Of(metric, value, resource) with { Attempt = attempt, Sequence = number, Elapsed = resource, Replicate = number });
            var codec = new EventCodec();
            var encoded = codec.Encode(measured);
            Assert.Equal(measured, codec.Decode(encoded.Kind, 1, encoded.Trial, encoded.Body.Span));
        }, iter: 2_000);
    }

    [Fact]
    public void Decode_OfMembersInAnotherOrder_IsTheSameEvent()
    {
        var codec = new EventCodec();
        foreach (var journalEvent in SampleJournal.Events)
        {
            codec.Accept(journalEvent.Payload);
            if (journalEvent.Payload is not TrialEvent)
                continue;
            var encoded = codec.Encode(journalEvent.Payload);
            var members = JsonNode.Parse(encoded.Body.Span)!.AsObject();
            var turned = new JsonObject(members.Reverse().Select(member => KeyValuePair.Create(
                member.Key, member is { Key: "configuration" or "step" or "sampler", Value: JsonObject inner }
                    ? new JsonObject(inner.Reverse().Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())))
                    : member.Value?.DeepClone())));
            var plain = Encoding.UTF8.GetBytes($"{{ \"later\" : null, {turned.ToJsonString()[1..]}".Replace(", }", "}", StringComparison.Ordinal));
            Assert.Equal(
                codec.Decode(encoded.Kind, 1, encoded.Trial, encoded.Body.Span), codec.Decode(encoded.Kind, 1, encoded.Trial, plain));
        }
    }

    [Fact]
    public void Decode_OfAnyDamagedBody_IsDamageOrAnotherEvent()
    {
        var encoded = Encode(SampleJournal.Events).ToArray();
        Gen.Select(Gen.Int[0, encoded.Length - 1], Gen.Double.Unit, Gen.Byte, Gen.Int[0, 2]).Sample((which, place, noise, way) =>
        {
            var body = encoded[which].Body.ToArray().ToList();
            var at = (int)(place * (body.Count - 1));
            if (way == 0)
                body[at] = noise;
            else if (way == 1)
                body.RemoveRange(at, body.Count - at);
            else
                body.RemoveAt(at);
            var codec = new EventCodec();
            foreach (var journalEvent in SampleJournal.Events)
                codec.Accept(journalEvent.Payload);
            try
            {
                Assert.NotNull(codec.Decode(encoded[which].Kind, 1, encoded[which].Trial, body.ToArray()));
                Assert.NotEqual(1, way);
            }
            catch (JournalException exception)
            {
                Assert.Equal(JournalFault.Damaged, exception.Fault);
                Assert.Contains("Restore the store from a copy", exception.Message, StringComparison.Ordinal);
            }
        }, iter: 10_000);
    }

    [Theory]
    [InlineData("proposed", 0, "{}", "'configuration' is missing")]
    [InlineData("enqueued", null, "{}", "'configuration' is missing")]
    [InlineData("finished", null, "{}", "which trial")]
    [InlineData("finished", -3, "{}", "which trial")]
    [InlineData("invented", 0, "{}", "'invented' is unknown")]
    [InlineData("failed", 0, """{"kind":"bored","reason":""}""", "'bored' is unknown; allowed are error, exit-code")]
    [InlineData("measured", 0, """{"metrics":{"a":1,"a":2}}""", "stands twice")]
    [InlineData("measured", 0, """{"metrics":{"a":1e999}}""", "NaN and infinity")]
    [InlineData("proposed", 0, """{"configuration":{},"revision":5}""", "Revision 5 of the space is missing")]
    [InlineData("proposed", 0, """{"configuration":{},"revision":-1}""", "cannot be read")]
    [InlineData("proposed", 0, """{"configuration":{"drop":0.1,"drop":0.2},"fingerprint":"f"}""", "stands twice")]
    [InlineData("proposed", 0, """{"configuration":{"drap":0.1},"fingerprint":"f"}""", "Did you mean 'drop'?")]
    [InlineData("budget-changed", null, """{"budget":{"wallClockSeconds":1e300}}""", "cannot be read")]
    [InlineData("budget-changed", null, """{"budget":{"trials":1e12}}""", "cannot be read")]
    [InlineData("created", null, "{}", "cannot be read")]
    [InlineData("ticked", null, "", "cannot be read")]
    public void Decode_OfADamagedBody_SaysWhatIsWrong(string kind, int? trial, string body, string expected)
    {
        var codec = new EventCodec();
        codec.Accept(SampleJournal.Events[0].Payload);
        var exception = Assert.Throws<JournalException>(() => codec.Decode(kind, 1, trial, Encoding.UTF8.GetBytes(body)));
        Assert.Equal(JournalFault.Damaged, exception.Fault);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_OfANewerFormat_AsksForAnUpdate()
    {
        var exception = Assert.Throws<JournalException>(() => new EventCodec().Decode("ticked", EventCodec.FormatVersion + 1, null, "{}"u8.ToArray()));
        Assert.Equal(JournalFault.NewerFormat, exception.Fault);
        Assert.Contains("format 2; this version of Attune reads up to 1. Update Attune.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_OfTheDeepestAnnotationThatIsWritten_ReadsIt()
    {
        var codec = new EventCodec();
        codec.Accept(SampleJournal.Events[0].Payload);
        var deep = string.Concat(Enumerable.Repeat("[", 64)) + string.Concat(Enumerable.Repeat("]", 64));
        var encoded = codec.Encode(new Proposed(0, SampleJournal.Space.Default(), 1, 0, null, "f", deep));
        Assert.Equal(deep, ((Proposed)codec.Decode("proposed", 1, 0, encoded.Body.Span)).Annotation);
    }

    /// <summary>The lines of a stored journal: the envelope's members, then the kind, the trial and the body.</summary>
    private static IEnumerable<string> Write(IEnumerable<JournalEvent> events)
    {
        var stored = events.ToArray();
        foreach (var (journalEvent, encoded) in stored.Zip(Encode(stored)))
        {
            var trial = encoded.Trial is { } number ? $"\"trial\":{number.ToString(CultureInfo.InvariantCulture)}," : "";
            yield return string.Create(CultureInfo.InvariantCulture, $$"""
                {"position":{{journalEvent.Position}},"time":"{{journalEvent.Time:O}}","writer":"{{journalEvent.Writer}}","sequence":{{journalEvent.Sequence}},"token":{{journalEvent.Token}},"causation":{{journalEvent.Causation}},"version":{{journalEvent.Version}},"kind":"{{encoded.Kind}}",{{trial}}"body":{{Encoding.UTF8.GetString(encoded.Body.Span)}}}
                """);
        }
    }

    private static IEnumerable<EncodedEvent> Encode(IEnumerable<JournalEvent> events)
    {
        var codec = new EventCodec();
        foreach (var journalEvent in events)
        {
            codec.Accept(journalEvent.Payload);
            yield return codec.Encode(journalEvent.Payload);
        }
    }

    private static IEnumerable<JournalEvent> Read(IEnumerable<string> lines)
    {
        var codec = new EventCodec();
        foreach (var line in lines)
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            int? trial = root.TryGetProperty("trial", out var number) ? number.GetInt32() : null;
            var version = root.GetProperty("version").GetInt32();
            var payload = codec.Decode(root.GetProperty("kind").GetString()!, version, trial, Encoding.UTF8.GetBytes(root.GetProperty("body").GetRawText()));
            yield return new(
                root.GetProperty("position").GetInt64(), root.GetProperty("time").GetDateTimeOffset(), root.GetProperty("writer").GetString()!,
                root.GetProperty("sequence").GetInt64(), root.GetProperty("token").GetInt32(), root.GetProperty("causation").GetInt64(), version, payload);
        }
    }
}
