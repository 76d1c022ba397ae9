using System.Globalization;
using System.Text;
using Attune.Programs;
using CsCheck;

namespace Attune.Runtime.Tests.Programs;

public sealed class ProgramArgumentsTests
{
    private const string PrintAll = """printf '%s\0' "$@" """;

    [Fact]
    public async Task RunAsync_DangerousValues_ArriveIntact()
    {
        string[] values =
        [
            "", " ", "a b", "it's", "\"", "'; rm -rf /; '", "$(echo x)", "`echo x`", "$HOME", "*", "~", "\\", "\\n", "a\nb\n", 
            "\r", "\t", "{x}", "[x]",
            "-n", "--", "grüß 日本 🦉 e\u0301", "%s", "!", "#", "&", "|", "\u0001\u007f", "=", "a=b",
        ];
        Assert.Equal(values, await EchoAsync(values));
    }

    [Fact]
    public void RunAsync_AnyValues_ArriveIntact()
    {
        Gen<string> character = Gen.Frequency(
            (3, Gen.Char[' ', '~'].Select(c => c.ToString())),
            (2, Gen.Char["'\"\\$`\n\r\t{}[];"].Select(c => c.ToString())),
            (1, Gen.Int[1, 0x10FFFF].Where(Rune.IsValid).Select(c => new Rune(c).ToString())));
        character.Array[0, 12].Select(string.Concat).Array[1, 100].Sample(
            values => Assert.Equal(values, EchoAsync(values).GetAwaiter().GetResult()), iter: 30, threads: 1);
    }

    [Theory]
    [InlineData('\0', "NUL")]
    [InlineData('\ud800', "surrogate")]
    public void Launch_ValueThatNoProgramCanReceive_IsRefused(char character, string reason)
    {
        string value = "a" + character;
        ProgramSettings settings = ProgramFolder.Shell(":", value);
        Assert.Null(ProgramLauncher.Launch(settings, TimeProvider.System, out LaunchFailure? failure));
        Assert.Equal(LaunchFailureKind.BadArgument, failure!.Kind);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Launch_ArgumentTooLong_IsRefusedWithLength()
    {
        ProgramSettings settings = ProgramFolder.Shell(":", new string('x', 3_000_000));
        Assert.Null(ProgramLauncher.Launch(settings, TimeProvider.System, out LaunchFailure? failure));
        Assert.Equal(LaunchFailureKind.Refused, failure!.Kind);
        Assert.Contains("3000000 characters", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_Environment_IsAddedToAndTakenFrom()
    {
        LineCollector lines = new();
        Environment.SetEnvironmentVariable("ATTUNE_TEST_INHERITED", "inherited");
        Environment.SetEnvironmentVariable("ATTUNE_TEST_REMOVED", "removed");
        ProgramSettings settings = new()
        {
            Command = ["env"],
            OnOutput = lines.Add,
            Environment = new Dictionary<string, string?>
            {
                ["ATTUNE_TEST_REMOVED"] = null,
                ["ATTUNE_TEST_ADDED"] = "a b;'c'",
                ["ATTUNE_GATE"] = "mine",
                ["attune.rate-1"] = "names that a shell cannot use",
                ["BASH_FUNC_module%%"] = "() { :; }",
            },
        };
        Assert.True((await ProgramFolder.RunAsync(settings)).IsSuccess);
        List<string> variables = lines.Rest();
        Assert.Contains("ATTUNE_TEST_INHERITED=inherited", variables);
        Assert.Contains("ATTUNE_TEST_ADDED=a b;'c'", variables);
        Assert.Contains("ATTUNE_GATE=mine", variables);
        Assert.Contains("attune.rate-1=names that a shell cannot use", variables);
        Assert.Contains("BASH_FUNC_module%%=() { :; }", variables);
        Assert.DoesNotContain(variables, v => v.StartsWith("ATTUNE_TEST_REMOVED", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_WorkingFolderWithBlanks_IsWhereItRuns()
    {
        using ProgramFolder folder = new();
        string inner = Directory.CreateDirectory(folder["-a 'b' $c"]).FullName;
        LineCollector lines = new();
        ProgramExit exit = await ProgramFolder.RunAsync(
            ProgramFolder.Shell("pwd; cat; readlink /proc/self/fd/0") with { WorkingFolder = inner, OnOutput = lines.Add });
        Assert.True(exit.IsSuccess);
        Assert.Equal([inner, "/dev/null"], lines.Rest());
    }

    private static async Task<string[]> EchoAsync(string[] values)
    {
        using ProgramFolder folder = new();
        StringBuilder command = new("/bin/sh -c {script} sh");
        Dictionary<string, string> named = new() { ["script"] = PrintAll };
        for (int i = 0; i < values.Length; i++)
        {
            string name = "v" + i.ToString(CultureInfo.InvariantCulture);
            named[name] = values[i];
            command.Append(" -{").Append(name).Append("}-");
        }

        ProgramSettings settings = new() { Command = CommandTemplate.Parse(command.ToString()).Render(named), OutputLog = folder["log"] };
        Assert.True((await ProgramFolder.RunAsync(settings)).IsSuccess);
        string output = await File.ReadAllTextAsync(folder["log"], TestContext.Current.CancellationToken);
        return [.. output.Split('\0')[..^1].Select(v => v[1..^1])];
    }
}
