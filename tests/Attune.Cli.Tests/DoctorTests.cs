using Microsoft.Data.Sqlite;

namespace Attune.Cli.Tests;

/// <summary>What attune doctor finds in a study file, its program and its store.</summary>
public sealed class DoctorTests : BowlTests
{
    [Fact]
    public async Task Doctor_SoundStudy_FindsEverythingWell()
    {
        await Shell.OutputOfAsync("run");

        GoldenFile.Check("doctor.txt", Shell.Scrub(await Shell.OutputOfAsync("doctor")));
    }

    [Fact]
    public async Task Doctor_Always_LeavesTheStudyAlone()
    {
        await Shell.OutputOfAsync("run");
        var before = await Shell.OutputOfAsync("trials", "--json");

        await Shell.OutputOfAsync("doctor");

        Assert.Equal(before, await Shell.OutputOfAsync("trials", "--json"));
    }

    [Theory]
    [InlineData("command: sh missing.sh {x}", "failed   program")]
    [InlineData("command: no-such-program {x}", "'no-such-program' was not found")]
    [InlineData("command: \"sh -c 'echo {x}'\"", "it reported no metric, but not 'loss'")]
    [InlineData("command: \"sh -c 'echo {x}'\"\nmetrics: {loss: 'loss = (\\S+)'}", "did not match its output")]
    [InlineData("command: sh bowl.sh {x}\nsetup: sh -c 'exit 3'", "failed   set-up")]
    [InlineData("command: sh bowl.sh {x}\nworking_folder: nowhere", "the working folder does not exist")]
    [InlineData("command: sh bowl.sh {y}", "{y} is unknown")]
    public async Task Doctor_WrongProgram_SaysWhat(string program, string message)
    {
        Study(program);

        var result = await Shell.RunAsync("doctor");

        Assert.Equal(ExitCode.Failed, result.Code);
        Assert.Contains(message, result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_Json_IsALineForEachCheck()
    {
        var lines = (await Shell.RunAsync("doctor", "--json")).Lines;

        Assert.Equal(["study file", "program", "store"], lines.Select(line => line.GetProperty("check").GetString()));
        Assert.All(lines, line => Assert.Equal("ok", line.GetProperty("result").GetString()));
    }

    [Fact]
    public async Task Doctor_Rebuild_MakesTheRowsThatQueriesReadAnew()
    {
        await Shell.OutputOfAsync("run");
        var before = await Shell.OutputOfAsync("trials", "--json");
        Execute("UPDATE trial_rows SET state = 'running', \"values\" = NULL, configuration = '{}' WHERE number = 0");
        Execute("DELETE FROM trial_rows WHERE number = 2");
        Assert.NotEqual(before, await Shell.OutputOfAsync("trials", "--json"));

        var output = await Shell.OutputOfAsync("doctor", "--store", "bowl.db", "--rebuild");

        Assert.StartsWith("ok       rebuild: made 3 rows of trials anew from their events\n", output, StringComparison.Ordinal);
        Assert.Equal(before, await Shell.OutputOfAsync("trials", "--json"));
    }

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Shell.Folder, "bowl.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
