using System.CommandLine.Parsing;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Attune.Cli.Commands;
using Attune.Cli.Terminals;

namespace Attune.Cli.Tests;

/// <summary>Every command line that a page shows is one that the parser takes.</summary>
public sealed partial class PageCommandTests
{
    private static readonly string Root = FindRoot();

    public static TheoryData<string> Commands => [.. Directory
        .EnumerateFiles(Root, "*.md", new EnumerationOptions { RecurseSubdirectories = true })
        .Where(file => !Built().IsMatch(file))
        .SelectMany(file => Shown(File.ReadAllText(file)))
        .Distinct()
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Commands))]
    public void Parse_CommandOfAPage_FindsNoMistake(string command)
    {
        var terminal = new Terminal
        {
            Out = TextWriter.Null, Error = TextWriter.Null, In = TextReader.Null, Folder = Root, Variable = _ =>
            null
        };

        var parsed = RootCommands.Create(terminal).Parse([.. CommandLineParser.SplitCommandLine(command)]);

        Assert.Empty(parsed.Errors.Select(error => error.Message));
    }

    // Blocks of shell commands, and code in the text; what holds brackets or dots shows a form, not a command.
    private static IEnumerable<string> Shown(string page)
    {
        var blocks = Block().Matches(page).SelectMany(block => block.Groups["text"].Value.Split('\n'));
        var lines = blocks.Concat(Inline().Matches(page).Select(code => code.Groups["text"].Value));
        return lines.Select(line => Command().Match(line)).Where(match => match.Success).Select(match => match.Groups["words"].Value.Trim())
            .Where(words => !Form().IsMatch(words));
    }

    private static string FindRoot([CallerFilePath] string source = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", ".."));

    [GeneratedRegex(@"[\\/](bin|obj|TestResults)[\\/]")]
    private static partial Regex Built();

    [GeneratedRegex(@"^```sh\r?\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"(?<!`)`(?<text>[^`\n]+)`(?!`)")]
    private static partial Regex Inline();

    [GeneratedRegex(@"[][|<>…$]")]
    private static partial Regex Form();

    [GeneratedRegex(@"^\s*(attune|dotnet run -c Release --project src/Attune\.Cli --)\s+(?<words>[^#]+)")]
    private static partial Regex Command();
}
