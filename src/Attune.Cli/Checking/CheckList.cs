using Attune.Cli.Json;
using Attune.Cli.Terminals;
using Attune.Cli.Text;

namespace Attune.Cli.Checking;

/// <summary>Writes what <c>doctor</c> finds, one check at a time, and remembers whether any failed.</summary>
internal sealed class CheckList(Terminal terminal, bool isJson)
{
    /// <summary>Whether a check failed.</summary>
    internal bool HasFailed { get; private set; }

    internal void Ok(string check, params IReadOnlyList<string> details) => Add(check, "ok", details);

    internal void Warn(string check, params IReadOnlyList<string> details) => Add(check, "warning", details);

    internal void Fail(string check, params IReadOnlyList<string> details)
    {
        HasFailed = true;
        Add(check, "failed", details);
    }

    private void Add(string check, string result, IReadOnlyList<string> details)
    {
        if (isJson)
        {
            JsonLines.Write(terminal.Out, new CheckJson(check, result, details));
        }
        else
        {
            terminal.Out.WriteLine(Plain.Line($"{result,-7}  {check}{(details.Count == 1 ? $": {details[0]}" : "")}"));
            foreach (var detail in details.Count == 1 ? [] : details)
                terminal.Out.WriteLine(Plain.Line($"         {detail}"));
        }

        terminal.Out.Flush();
    }
}
