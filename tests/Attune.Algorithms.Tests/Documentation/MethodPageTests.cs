namespace Attune.Algorithms.Tests.Documentation;

/// <summary>docs/samplers.md and docs/schedulers.md say what the registry says.</summary>
public sealed class MethodPageTests
{
    public static TheoryData<string> Samplers() => [.. MethodRegistry.Default.Samplers.Select(method => method.Name)];

    public static TheoryData<string> Schedulers() => [.. MethodRegistry.Default.Schedulers.Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Samplers))]
    public void SamplersPage_Method_HasASectionWithEveryOption(string name) =>
        Check("samplers.md", MethodRegistry.Default.Samplers.Single(method => method.Name == name));

    [Theory]
    [MemberData(nameof(Schedulers))]
    public void SchedulersPage_Method_HasASectionWithEveryOption(string name) =>
        Check("schedulers.md", MethodRegistry.Default.Schedulers.Single(method => method.Name == name));

    private static void Check(string file, MethodRegistration method)
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Documentation", file)).ReplaceLineEndings("\n");
        var start = page.IndexOf($"### `{method.Name}`\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"There is no section for {method.Name}.");
        var section = page[start..];
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
