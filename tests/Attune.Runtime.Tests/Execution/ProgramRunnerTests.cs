using Attune.Execution;
using Attune.Programs;

namespace Attune.Runtime.Tests.Execution;

public sealed class ProgramRunnerTests
{
    [Fact]
    public async Task RunOnceAsync_SetUp_HasNoValuesAndItsLinesAreTold()
    {
        using var study = new ProgramStudy();
        var lines = new List<string>();
        var runner = new ProgramRunner("s", study.Shell("") with { TimeLimit = TimeSpan.FromTicks(1) });
        var command = CommandTemplate.Parse("sh -c 'echo building; echo ${{ATTUNE_TRIAL-none}}'");
        var result = await runner.RunOnceAsync("setup", command, null, lines.Add, TestContext.Current.CancellationToken);
        Assert.True(result.IsSuccess, result.Failure?.Reason);
        Assert.Equal(["building", "none"], lines);
        Assert.Equal("building\nnone\n", await study.ReadAsync(result.Folder, "stdout.log"));
    }

    [Fact]
    public async Task RunOnceAsync_BestConfiguration_ReportsWhatTheSearchNeverSees()
    {
        using var study = new ProgramStudy();
        var runner = new ProgramRunner("s", study.Shell(""));
        var configuration = study.Problem.Space.Configure([], useDefaults: true);
        var best = new Assignment(12, 1, 1, configuration, study.Problem, 5) { Checkpoint = "best.bin" };
        var command = CommandTemplate.FromArguments(
        [
            "/bin/sh", "-c", """echo "attune: {{\"test\": 1}}"; echo "attune: {{\"test\": $1, \"seed\": $3}}"; echo "$2" >from""",
            "sh", "{rate}", "{checkpoint}", "{seed}",
        ]);
        var result = await runner.RunOnceAsync("final", command, best, null, TestContext.Current.CancellationToken);
        Assert.True(result.IsSuccess, result.Failure?.Reason);
        Assert.Equal(0.25, result.Metrics["test"]);
        Assert.Equal(5, result.Metrics["seed"]);
        Assert.Equal("best.bin\n", await File.ReadAllTextAsync(study["from"], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("sh -c 'echo wrong >&2; exit 4'", FailureKind.ExitCode, "wrong")]
    [InlineData("no-such-program-here", FailureKind.NotStarted, "no-such-program-here")]
    [InlineData("sh -c 'echo \"attune: {{\\\"test\\\": NaN}}\"'", FailureKind.NonFinite, "'test' is NaN")]
    public async Task RunOnceAsync_Fails_IsAValueWithItsReason(string command, FailureKind kind, string reason)
    {
        using var study = new ProgramStudy();
        var runner = new ProgramRunner("s", study.Shell(""));
        var result = await runner.RunOnceAsync("final", CommandTemplate.Parse(command), null, null, TestContext.Current.CancellationToken);
        Assert.Equal(kind, result.Failure?.Kind);
        Assert.Contains(reason, result.Failure!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunOnceAsync_Cancelled_IsAValueToo()
    {
        using var study = new ProgramStudy();
        using var cancelling = new CancellationTokenSource();
        var result = await new ProgramRunner("s", study.Shell("")).RunOnceAsync(
            "setup", CommandTemplate.Parse("sh -c 'echo ready; exec sleep 100000'"), null, _ => cancelling.Cancel(), cancelling.Token);
        Assert.Equal(FailureKind.Cancelled, result.Failure?.Kind);
    }
}
