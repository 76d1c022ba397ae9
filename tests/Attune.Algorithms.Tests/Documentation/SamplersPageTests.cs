namespace Attune.Algorithms.Tests.Documentation;

/// <summary>docs/samplers.md says what the registry says.</summary>
public sealed class SamplersPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Documentation", "samplers.md"))
        .ReplaceLineEndings("\n");

    public static TheoryData<string> Methods() =>
        [.. MethodRegistry.Default.Samplers.Select(method => method.Name),
            .. MethodRegistry.Default.Schedulers.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Page_Method_HasASectionWithEveryOption(string name)
    {
        var method = MethodRegistry.Default.Samplers.Concat<MethodRegistration>(MethodRegistry.Default.Schedulers)
            .Single(method => method.Name == name);
        var start = Page.IndexOf($"### `{name}`\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"There is no section for {name}.");
        var section = Page[start..];
        section = section[..(section.IndexOf("\n##", 4, StringComparison.Ordinal) is > 0 and var end ? end : section.Length)];
        Assert.All(Expected(method), line => Assert.Contains(line + "\n", section, StringComparison.Ordinal));
        Assert.Equal(method.Options.Length, section.Split('\n').Count(line => line.StartsWith("| `", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Expected(MethodRegistration method) => method.Options.IsEmpty
        ? ["No options."]
        : method.Options.Select(option =>
            $"| `{option.Name}` | {option.Allowed()} | {Default(option)} | {option.Description} |");

    private static string Default(MethodOption option) => option.Default == "null" ? "derived" : $"`{option.Default}`";
}
