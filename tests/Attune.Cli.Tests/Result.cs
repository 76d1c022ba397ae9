using System.Text.Json;

namespace Attune.Cli.Tests;

/// <summary>What a command gave.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Output">The standard output.</param>
/// <param name="Error">The error output.</param>
public sealed record Result(int Code, string Output, string Error)
{
    /// <summary>The JSON of each line.</summary>
    public IReadOnlyList<JsonElement> Lines => LinesOf(Output);

    /// <summary>The JSON of the only line.</summary>
    public JsonElement Json => Assert.Single(Lines);

    public static IReadOnlyList<JsonElement> LinesOf(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
}
