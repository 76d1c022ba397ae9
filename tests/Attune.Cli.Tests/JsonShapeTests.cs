using System.Text.Json;

namespace Attune.Cli.Tests;

/// <summary>The shapes that scripts rely on.</summary>
public sealed class JsonShapeTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Trials_Json_HasEveryMemberInEveryTrial()
    {
        await Fixtures.BowlAsync(_shell);

        var trials = (await _shell.RunAsync("trials", "--json")).Lines;

        Assert.Equal(6, trials.Count);
        Assert.All(trials, trial => Assert.Equal(
            [
                "number", "state", "configuration", "values", "metrics", "feasible", "origin", "attempts", "will_retry", "worker",
                    "resource", "failure", "checkpoint",
                "annotation", "final", "times", "explanation", "recommended",
            ],
            trial.EnumerateObject().Select(member => member.Name)));
        Assert.All(trials, trial => Assert.Equal(["reserved", "started", "finished", "seconds"],
            trial.GetProperty("times").EnumerateObject().Select(member => member.Name)));
    }

    [Fact]
    public async Task Trials_Json_TellsStatesInLowerCaseAndValuesByMetric()
    {
        await Fixtures.BowlAsync(_shell);

        var trials = (await _shell.RunAsync("trials", "--json")).Lines;

        Assert.Equal(["completed", "completed", "completed", "completed", "failed", "running"],
            trials.Select(trial => trial.GetProperty("state").GetString()));
        Assert.Equal(0.125, trials[2].GetProperty("values").GetProperty("loss").GetDouble());
        Assert.Equal(2, trials[2].GetProperty("metrics").GetProperty("time").GetDouble());
        Assert.Equal(JsonValueKind.Null, trials[4].GetProperty("values").ValueKind);
        Assert.Equal("error", trials[4].GetProperty("failure").GetProperty("kind").GetString());
        Assert.Equal("out of memory\nat layer 3", trials[4].GetProperty("failure").GetProperty("reason").GetString());
        Assert.Equal("enqueued", trials[5].GetProperty("origin").GetString());
        Assert.Equal("""{"x":0.25,"model":"tree","depth":3}""", trials[5].GetProperty("configuration").GetRawText());
        Assert.Equal(JsonValueKind.Null, trials[5].GetProperty("times").GetProperty("finished").ValueKind);
    }

    [Fact]
    public async Task Trials_Json_TellsTimesInUtc()
    {
        await Fixtures.BowlAsync(_shell);

        var times = (await _shell.RunAsync("trials", "--json")).Lines[0].GetProperty("times");

        Assert.EndsWith("Z", times.GetProperty("started").GetString(), StringComparison.Ordinal);
        var span = times.GetProperty("finished").GetDateTimeOffset() - times.GetProperty("started").GetDateTimeOffset();
        Assert.Equal(span.TotalSeconds, times.GetProperty("seconds").GetDouble(), 1e-6);
    }

    [Fact]
    public async Task Best_Json_IsTheTrialThatTrialsLists()
    {
        await Fixtures.BowlAsync(_shell);

        var best = (await _shell.RunAsync("best", "--json")).Json;

        Assert.Equal(2, best.GetProperty("number").GetInt32());
        Assert.Equal(Members((await _shell.RunAsync("trials", "--json")).Lines[2]), Members(best));
        Assert.Equal(2, best.GetProperty("recommended").GetProperty("trial").GetInt32());
        static IEnumerable<string> Members(JsonElement trial) =>
            trial.EnumerateObject().Where(member => member.Name != "recommended").Select(member => member.ToString());
    }

    [Fact]
    public async Task Best_TwoObjectives_IsTheFeasibleFrontWithTheFirstOfEquals()
    {
        await Fixtures.FrontAsync(_shell);

        var front = (await _shell.RunAsync("best", "--json")).Lines;

        Assert.Equal([2, 1, 4], front.Select(trial => trial.GetProperty("number").GetInt32()));
    }

    [Fact]
    public async Task Best_TwoObjectives_IsTheFrontOfTheHistory()
    {
        await Fixtures.FrontAsync(_shell);

        var front = (await _shell.RunAsync("best", "--json")).Lines.Select(trial => trial.GetProperty("number").GetInt32());

        var shown = (await _shell.RunAsync("show", "--json")).Json.GetProperty("front").EnumerateArray()
            .Select(number => number.GetInt32());
        Assert.Equal(shown.Order(), front.Order());
    }

    [Fact]
    public async Task Show_TrialJson_IsTheTrialThatTrialsLists()
    {
        await Fixtures.BowlAsync(_shell);

        var shown = (await _shell.RunAsync("show", "--trial", "4", "--json")).Json;

        Assert.Equal((await _shell.RunAsync("trials", "--json")).Lines[4].GetRawText(), shown.GetRawText());
    }

    [Fact]
    public async Task Ask_Json_CanBeToldWithItsToken()
    {
        await Fixtures.BowlAsync(_shell);

        var asked = (await _shell.RunAsync("ask", "--json")).Json;

        var number = asked.GetProperty("trial").GetRawText();
        var told = (await _shell.RunAsync("tell", number, "--value", "3", "--token", asked.GetProperty("token").GetRawText(), "--json"))
            .Json;
        Assert.Equal("completed", told.GetProperty("state").GetString());
        Assert.Equal(asked.GetProperty("configuration").GetRawText(), told.GetProperty("configuration").GetRawText());
    }

    [Fact]
    public async Task Ask_Twice_GivesDifferentTrialsThatStayRunning()
    {
        await Fixtures.BowlAsync(_shell);

        var first = (await _shell.RunAsync("ask", "--json")).Json.GetProperty("trial").GetInt32();
        var second = (await _shell.RunAsync("ask", "--json")).Json.GetProperty("trial").GetInt32();

        Assert.Equal((6, 7), (first, second));
        Assert.Equal(3, (await _shell.RunAsync("trials", "--state", "running", "--json")).Lines.Count);
    }
}
