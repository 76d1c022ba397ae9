using System.Runtime.CompilerServices;
using System.Text;

namespace Attune.StudyFiles.Tests.Golden;

/// <summary>
/// The table of wrong study files with their messages, in one text file to be reviewed. Each case is <c>=== title</c>, the study file,
/// <c>--- says</c>, the messages. To write the messages anew: <c>ATTUNE_UPDATE_GOLDEN=1</c>.
/// </summary>
internal static class GoldenFile
{
    private const string Title = "=== ";
    private const string Says = "--- says";

    internal static IReadOnlyList<GoldenCase> Read()
    {
        var cases = new List<GoldenCase>();
        StringBuilder? target = null;
        foreach (var line in File.ReadAllLines(Where()))
        {
            if (line.StartsWith(Title, StringComparison.Ordinal))
            {
                cases.Add(new(line[Title.Length..], new(), new()));
                target = cases[^1].Text;
            }
            else if (line == Says)
            {
                target = cases[^1].Messages;
            }
            else
            {
                target?.Append(line).Append('\n');
            }
        }

        return cases;
    }

    internal static void Write(IEnumerable<GoldenCase> cases)
    {
        var text = new StringBuilder("Wrong study files and what each of them is told. See GoldenFile.cs.\n\n");
        foreach (var one in cases)
            text.Append(Title).Append(one.Title).Append('\n').Append(one.Text).Append(Says).Append('\n').Append(Messages(one)).Append('\n');
        File.WriteAllText(Where(), text.ToString().TrimEnd('\n') + "\n");
    }

    internal static string Messages(GoldenCase one)
    {
        var result = StudyFile.Parse(one.Text.ToString(), "study.yaml", TestMethods.All);
        var lines = result.Mistakes.Select(mistake => mistake.ToString()).Concat(result.Warnings.Select(warning => $"warning {warning}"));

        // The table is not about which methods there are.
        return string.Concat(lines.Select(line => line
            .Replace($"there are {TestMethods.SamplerNames}.", "there are (the samplers).", StringComparison.Ordinal)
            .Replace($"there are {TestMethods.SchedulerNames}.", "there are (the schedulers).", StringComparison.Ordinal) + "\n"));
    }

    private static string Where([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "wrong-study-files.txt");
}
