namespace Attune.Cli.Tests;

/// <summary>Which store and study a command means.</summary>
public sealed class FinderTests : IDisposable
{
    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Enqueue_ValueThatDoesNotApply_IsTold()
    {
        await Fixtures.BowlAsync(_shell);
        var result = await _shell.RunAsync("enqueue", "model=svm", "depth=3");

        Assert.Equal(0, result.Code);
        Assert.DoesNotContain("depth", result.Output, StringComparison.Ordinal);
        Assert.Contains("'depth' does not apply in this configuration", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Best_OtherDatabasesBeside_FindsTheOnlyStore()
    {
        await Fixtures.BowlAsync(_shell);
        _shell.Write("notes.db", "SQLite format 3\0 but no store");
        _shell.Write("empty.db", "");

        Assert.StartsWith("trial 2:", await _shell.OutputOfAsync("best"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Best_StoreInEnvironment_IsUsed()
    {
        await Fixtures.BowlAsync(_shell);
        await Fixtures.FrontAsync(_shell);
        _shell.Variables["ATTUNE_STORE"] = "bowl.db";

        Assert.StartsWith("trial 2:", await _shell.OutputOfAsync("best"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Best_StoreOption_WinsOverEnvironment()
    {
        await Fixtures.BowlAsync(_shell);
        await Fixtures.FrontAsync(_shell);
        _shell.Variables["ATTUNE_STORE"] = "bowl.db";

        Assert.StartsWith("study front", await _shell.OutputOfAsync("show", "--store", "front.db"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Best_StudyFile_NamesStoreAndStudy()
    {
        await Fixtures.BowlAsync(_shell);
        await Fixtures.FrontAsync(_shell);

        Assert.StartsWith("trial 2:", await _shell.OutputOfAsync("best", "study.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_TwoStudiesInOneStore_NeedsAName()
    {
        await Fixtures.BowlAsync(_shell);
        await _shell.OutputOfAsync("ask", "other", "--file", "study.yaml");

        var result = await _shell.RunAsync("show");

        Assert.Equal(ExitCode.WrongInput, result.Code);
        Assert.Equal("attune: the store bowl.db holds several studies (bowl, other); name one\n", result.Error);
        Assert.StartsWith("study other", await _shell.OutputOfAsync("show", "other"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y", 0)]
    [InlineData("yes", 0)]
    [InlineData("n", 1)]
    [InlineData("", 1)]
    public async Task Delete_Asked_DeletesOnlyAfterYes(string answer, int code)
    {
        await Fixtures.BowlAsync(_shell);
        _shell.Answer = answer + "\n";

        var result = await _shell.RunAsync("delete");

        Assert.Equal(code, result.Code);
        Assert.Contains("Delete the study 'bowl' with 6 trials, of which 1 is running, for good?", result.Error, StringComparison.Ordinal);
        Assert.Equal(code == 0 ? 0 : 1, (await _shell.RunAsync("list", "--json")).Lines.Count);
    }

    [Fact]
    public async Task Init_FromACommand_WritesAFileThatReads()
    {
        var output = await _shell.OutputOfAsync("init", "--command", "python 'my train.py' --rate 0.01 --layers 3", "--metric", "accuracy",
            "--maximize");

        Assert.Equal("wrote study.yaml; correct the ranges in it, then: attune doctor study.yaml\n", output);
        var file = Attune.StudyFiles.StudyFile.Load(_shell.PathOf("study.yaml"));
        Assert.Empty(file.Mistakes);
        Assert.Equal(new Objective("accuracy", Direction.Maximize), file.File!.Problem.Objectives[0]);
        Assert.Equal(["rate", "layers"], file.File.Problem.Space.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public async Task Export_ToAFile_WritesWhatTheOutputWouldGet()
    {
        await Fixtures.BowlAsync(_shell);

        await _shell.OutputOfAsync("export", "--output", "trials.csv");

        Assert.Equal(await _shell.OutputOfAsync("export"),
            await File.ReadAllTextAsync(_shell.PathOf("trials.csv"), TestContext.Current.CancellationToken));
    }
}
