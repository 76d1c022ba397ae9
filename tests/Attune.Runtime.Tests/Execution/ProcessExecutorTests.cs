using System.Globalization;
using System.Text.Json;
using Attune.Execution;
using Attune.Programs;

namespace Attune.Runtime.Tests.Execution;

public sealed class ProcessExecutorTests
{
    private const string Awkward = "a b'c\"d;e$(f)`g`\\h\n*|é";

    [Fact]
    public async Task RunAsync_AwkwardValue_ArrivesIntactByAllThreeWays()
    {
        var space = new SearchSpaceBuilder().Categorical("odd-name", [Awkward, "other"]).Int("n", 1, 9, defaultValue: 3)
            .Float("x", 0, 2, defaultValue: 1).Float("inactive", 0, 1, when: "n > 5").Build();
        using var study = new ProgramStudy { Problem = new(space, [new("loss")]) };

        // As for a program that is itself tuned by Attune.
        Environment.SetEnvironmentVariable("ATTUNE_PARAM_OUTER", "1");
        Environment.SetEnvironmentVariable("ATTUNE_RESOURCE", "1");
        var command = CommandTemplate.FromArguments(
        [
            "/bin/sh", "-c", """
                printf '%s' "$1" >argument; shift; printf '%s\n' "$@" >arguments; printf '%s' "$ATTUNE_PARAM_ODD_NAME" >variable
                env | grep '^ATTUNE_\|^OWN_' | grep -v 'ODD_NAME\|^ATTUNE_TEST_' | LC_ALL=C sort >variables
                cp "$ATTUNE_CONFIG" config; echo 'attune: {{"loss": 1}}'
                """,
            "sh", "{odd-name}", "{n}", "x={x}", new CommandItem(["--inactive", "{inactive}"], IsOptional: true), "{trial}", "{seed}",
        ]);
        var options = study.Shell("") with
        {
            Command = command,
            Environment = new Dictionary<string, string?>
            {
                ["OWN_N"] = "n is {n}",
                ["OWN_INACTIVE"] = "{inactive}",
                ["OWN_EMPTY"] = "",
                ["HOME"] = null,
            },
        };
        var trial = await study.RunOneAsync(options);

        Assert.Equal(TrialState.Completed, trial.State);
        var seed = Sampling.Keys.EvaluationSeed(7, 0).ToString(CultureInfo.InvariantCulture);
        Assert.Equal(Awkward, await study.ReadAsync("argument"));
        Assert.Equal(Awkward, await study.ReadAsync("variable"));
        Assert.Equal(["3", "x=1", "0", seed], await study.ReadLinesAsync("arguments"));
        var attempt = Path.Combine(study.TrialFolder(), "attempt-1");
        Assert.Equal(
        [
            "ATTUNE_ATTEMPT=1", $"ATTUNE_CHECKPOINT={study.TrialFolder()}/checkpoint", $"ATTUNE_CONFIG={attempt}/config.json",
            $"ATTUNE_CONTROL={attempt}/control", $"ATTUNE_FOLDER={attempt}", "ATTUNE_PARAM_N=3", "ATTUNE_PARAM_X=1", $"ATTUNE_SEED={seed}",
            "ATTUNE_STUDY=s", "ATTUNE_TRIAL=0", "OWN_EMPTY=", "OWN_N=n is 3",
        ],
        await study.ReadLinesAsync("variables"));
        using var config = JsonDocument.Parse(await study.ReadAsync("config"));
        var values = config.RootElement.GetProperty("configuration");
        Assert.Equal(Awkward, values.GetProperty("odd-name").GetString());
        Assert.Equal("1.0", values.GetProperty("x").GetRawText());
        Assert.False(values.TryGetProperty("inactive", out _));
        Assert.Equal(JsonValueKind.Null, config.RootElement.GetProperty("resource").ValueKind);
    }

    [Fact]
    public async Task RunAsync_MetricLines_AreMeasurementsAndLogsAreKept()
    {
        using var study = new ProgramStudy { Problem = ProgramStudy.WithEpochs };
        var trial = await study.RunOneAsync("""
            echo 'attune: {"epoch": 1, "loss": 3, "extra": 0.5}'; echo note; echo trouble >&2
            echo 'attune: {"resource": 2, "loss": 2, "checkpoint": "kept.bin"}'
            echo 'attune: {"loss": 1, "size": 10}'
            """);
        Assert.Equal(TrialState.Completed, trial.State);
        Assert.Equal([1, 2, 9], trial.Measurements.Select(measurement => measurement.Resource!.Value));
        Assert.Equal([3, 2, 1], trial.Measurements.Select(measurement => measurement.Metrics["loss"]));
        Assert.False(trial.Measurements[0].Metrics.TryGet("epoch", out _));
        Assert.Equal(10, trial.Measurements[2].Metrics["size"]);
        Assert.All(trial.Measurements, measurement => Assert.True(measurement.Elapsed >= 0));
        Assert.Equal(("kept.bin", 2.0), (trial.Checkpoint, trial.CheckpointResource!.Value));
        Assert.Contains("note\n", await study.ReadAsync(study.TrialFolder(), "attempt-1", "stdout.log"), StringComparison.Ordinal);
        Assert.Equal("trouble\n", await study.ReadAsync(study.TrialFolder(), "attempt-1", "stderr.log"));
        study.AssertNothingRuns();
    }

    [Theory]
    [InlineData("echo loss=3; echo loss=1", false, "9:1")]
    [InlineData("echo loss=3 >&2", false, "9:3")]
    [InlineData("echo epoch 1; echo loss=3; echo epoch 2 loss=1", true, "1:3 2:1")]
    public async Task RunAsync_Patterns_GiveTheFinalValueOrOnePerResource(string script, bool withEpochs, string expected)
    {
        using var study = new ProgramStudy { Problem = ProgramStudy.WithEpochs };
        var patterns = new Dictionary<string, string> { ["loss"] = @"loss=(\S+)" };
        if (withEpochs)
            patterns["epoch"] = @"epoch (\d+)";
        var trial = await study.RunOneAsync(study.Shell(script) with { MetricPatterns = patterns });
        Assert.Equal(TrialState.Completed, trial.State);
        var found = trial.Measurements.Select(m => FormattableString.Invariant($"{m.Resource}:{m.Metrics["loss"]}"));
        Assert.Equal(expected, string.Join(' ', found));
    }

    [Theory]
    [InlineData("echo one >&2; echo two >&2; exit 3", FailureKind.ExitCode, "exit code 3", "one\ntwo")]
    [InlineData("echo printed only; exit 3", FailureKind.ExitCode, "error output is empty", "printed only")]
    [InlineData("kill -KILL $$", FailureKind.ExitCode, "signal 9", "memory")]
    [InlineData("echo 'attune: {\"epoch\": 1, \"loss\": NaN}'; sleep 100000", FailureKind.NonFinite, "'loss' is NaN", "at epoch 1")]
    [InlineData("echo 'attune: {\"loss\": NaN}'", FailureKind.NonFinite, "'loss' is NaN", "at epoch 9")]
    [InlineData(
        "for i in 2 1; do echo \"attune: {\\\"epoch\\\": $i, \\\"loss\\\": 1}\"; done; sleep 100000",
        FailureKind.Error, "may not decrease", "")]
    [InlineData("echo 'attune: {\"epoch\": 10, \"loss\": 1}'; sleep 100000", FailureKind.Error, "above the most", "")]
    [InlineData("echo hello", FailureKind.MissingMetric, "'loss'", "reported nothing")]
    [InlineData("echo 'attune: {\"acc\": 1}'", FailureKind.MissingMetric, "'loss'", "it reported acc")]
    [InlineData("echo 'attune: {\"loss\": }'", FailureKind.MissingMetric, "without a usable report", "not valid JSON")]
    public async Task RunAsync_ProgramFails_TrialHasKindAndReason(string script, FailureKind kind, string reason, string detail)
    {
        using var study = new ProgramStudy { Problem = ProgramStudy.WithEpochs };
        var trial = await study.RunOneAsync(script);
        Assert.Equal(TrialState.Failed, trial.State);
        Assert.Equal(kind, trial.Failure!.Kind);
        Assert.Contains(reason, trial.Failure.Reason, StringComparison.Ordinal);
        Assert.Contains(detail, trial.Failure.Reason, StringComparison.Ordinal);
        study.AssertNothingRuns();
    }

    [Fact]
    public async Task RunAsync_EndlessErrorOutput_ReasonIsBounded()
    {
        using var study = new ProgramStudy();
        var trial = await study.RunOneAsync("i=0; while [ $i -lt 30 ]; do printf '%0500d\\n' $i >&2; i=$((i+1)); done; exit 1");
        Assert.InRange(trial.Failure!.Reason.Length, 2_000, 2_100);
        Assert.EndsWith("29", trial.Failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_TimeLimit_EndsGrandchildrenToo()
    {
        using var study = new ProgramStudy();
        var options = study.Shell("sh -c 'sleep 100000 & wait' & sleep 100000");
        var trial = await study.RunOneAsync(options with { TimeLimit = TimeSpan.FromMilliseconds(200) });
        Assert.Equal(FailureKind.Timeout, trial.Failure!.Kind);
        Assert.Contains("time limit", trial.Failure.Reason, StringComparison.Ordinal);
        study.AssertNothingRuns();
    }

    [Fact]
    public async Task RunAsync_UnneededMetricNotFiniteAndMalformedLine_AreWarnings()
    {
        using var study = new ProgramStudy();
        var trial = await study.RunOneAsync("echo 'attune: {\"loss\": 1, \"gradient\": inf}'; echo 'attune: oops'");
        Assert.Equal(TrialState.Completed, trial.State);
        Assert.Equal(["loss"], trial.Measurements[0].Metrics.Select(metric => metric.Key));
        Assert.Collection(
            study.Warnings,
            first => Assert.StartsWith("trial 0: The metric 'gradient' is Infinity", first, StringComparison.Ordinal),
            second => Assert.Contains("oops", second, StringComparison.Ordinal));
        Assert.Equal(2, (await study.ReadLinesAsync(study.TrialFolder(), "attempt-1", "warnings.log")).Length);
    }

    [Fact]
    public async Task RunAsync_NoProgramOrNoFolder_TrialIsNotStartedAndTheStudyGoesOn()
    {
        using var study = new ProgramStudy { Trials = 2 };
        var history = await study.RunAsync(study.Shell("") with { Command = CommandTemplate.Parse("no-such-program-here") });
        Assert.All(history.Trials, trial => Assert.Equal(FailureKind.NotStarted, trial.Failure!.Kind));
        Assert.Contains("no-such-program-here", history.Trials[1].Failure!.Reason, StringComparison.Ordinal);

        using var other = new ProgramStudy { Trials = 2 };
        await File.WriteAllTextAsync(other["trials"], "a file", TestContext.Current.CancellationToken);
        history = await other.RunAsync(other.Shell("true"));
        Assert.Equal(2, history.Trials.Count);
        Assert.All(history.Trials, trial => Assert.Equal(FailureKind.NotStarted, trial.Failure!.Kind));
        Assert.Contains(other["trials"], history.Trials[1].Failure!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FullDisk_TrialIsNotStartedWithTheReason()
    {
        using var study = new ProgramStudy();
        Directory.CreateDirectory(study.TrialFolder());
        var seed = Sampling.Keys.EvaluationSeed(7, 0);
        var earlier = FormattableString.Invariant($$"""{"seed": {{seed}}, "token": 0}""");
        await File.WriteAllTextAsync(Path.Combine(study.TrialFolder(), "trial.json"), earlier, TestContext.Current.CancellationToken);

        // The disk of this file is always full.
        File.CreateSymbolicLink(Path.Combine(study.TrialFolder(), "trial.json.draft"), "/dev/full");
        var trial = await study.RunOneAsync("echo 'attune: {\"loss\": 1}'");
        Assert.Equal(FailureKind.NotStarted, trial.Failure!.Kind);
        Assert.Contains("No space left", trial.Failure.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_FolderOfAnEarlierStudy_IsSetAside()
    {
        const string Script = """[ -e "$ATTUNE_CHECKPOINT" ] && exit 9; echo old >"$ATTUNE_CHECKPOINT"; echo 'attune: {"loss": 1}'""";
        using var study = new ProgramStudy();
        Assert.Equal(TrialState.Completed, (await study.RunOneAsync(Script)).State);
        Assert.True(await study.Store.DeleteAsync("s", TestContext.Current.CancellationToken));
        Assert.Equal(TrialState.Completed, (await study.RunOneAsync(Script)).State);
        Assert.Equal("old\n", await study.ReadAsync(study.TrialFolder() + ".earlier-1", "checkpoint"));
    }

    [Theory]
    [InlineData("sh {rat}", "{rat} is unknown")]
    [InlineData("sh {resource}", "no fidelity")]
    public void Constructor_WrongPlaceholder_NamesIt(string command, string message)
    {
        using var study = new ProgramStudy();
        var options = study.Shell("") with { Command = CommandTemplate.Parse(command) };
        var exception = Assert.Throws<ArgumentException>(() => new ProcessExecutor("s", study.Problem, options));
        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("plain name-1", "plain name-1")]
    [InlineData("../up", "%2E.%2Fup")]
    [InlineData("a/b.c", "a%2Fb.c")]
    public void FolderName_AnyName_IsOneFolder(string name, string expected) => Assert.Equal(expected, TrialFolder.FolderName(name));
}
