using Attune.Programs;

namespace Attune.Runtime.Tests.Programs;

public sealed class CommandTemplateTests
{
    private static readonly Dictionary<string, string> Values = new() { ["rate"] = "0.1", ["name"] = "a b", ["seed"] = "7" };

    [Theory]
    [InlineData("python train.py", "python|train.py")]
    [InlineData("  a \t b\n c  ", "a|b|c")]
    [InlineData("a 'b c' \"d e\" f\\ g", "a|b c|d e|f g")]
    [InlineData("a '' \"\"", "a||")]
    [InlineData("a b'c'\"d\"\\e", "a|bcde")]
    [InlineData("a '\\n' \"\\n\" \"\\\"\\\\\\$\" \\'", "a|\\n|\\n|\"\\$|'")]
    [InlineData("a \\\n b\\\nc", "a|bc")]
    [InlineData("a $HOME * ~ $(ls)", "a|$HOME|*|~|$(ls)")]
    [InlineData("a --rate={rate} '{rate}' \"x{rate}y{seed}\"", "a|--rate=0.1|0.1|x0.1y7")]
    [InlineData("a {name} --n={name}", "a|a b|--n=a b")]
    [InlineData("a {{rate}} {{{rate}}} '{{\"r\": {rate}}}' \\{rate\\}", "a|{rate}|{0.1}|{\"r\": 0.1}|{rate}")]
    [InlineData("a [--rate {rate}] b", "a|--rate|0.1|b")]
    [InlineData("a [--gamma {gamma}] b", "a|b")]
    [InlineData("a [--rate {rate} --gamma {gamma}]", "a")]
    [InlineData("a [ --rate {rate} ]", "a|--rate|0.1")]
    [InlineData("a x[0] --l=[1,2] '[' ']' \\[b\\] [--i x[0] {rate}]", "a|x[0]|--l=[1,2]|[|]|[b]|--i|x[0]|0.1")]
    [InlineData("a 'b;c' '>' '|' b>c", "a|b;c|>|||b>c")]
    [InlineData("{name}/run", "a b/run")]
    public void Render_Command_GivesArguments(string command, string expected) =>
        Assert.Equal(expected, string.Join('|', CommandTemplate.Parse(command).Render(Values)));

    [Theory]
    [InlineData("", 1, "the command is empty")]
    [InlineData("  ", 1, "the command is empty")]
    [InlineData("''", 1, "the name of the program is empty")]
    [InlineData("[{rate}] b", 1, "the program itself cannot be in an optional group")]
    [InlineData("a 'b", 3, "the quote ' is never closed")]
    [InlineData("a \"b", 3, "the quote \" is never closed")]
    [InlineData("a b\\", 4, "a backslash at the end")]
    [InlineData("a {rate", 3, "'{' opens a placeholder that is never closed")]
    [InlineData("a '{\"r\": {rate}}'", 4, "'{' opens a placeholder that is never closed")]
    [InlineData("a {}", 3, "'{}' is not a placeholder")]
    [InlineData("a '{\"r\": 1}'", 4, "is not a placeholder")]
    [InlineData("a rate}", 7, "'}' without '{'")]
    [InlineData("a [--gamma {gamma}", 3, "'[' opens an optional group that is never closed")]
    [InlineData("a --gamma {gamma}]", 18, "']' without '['")]
    [InlineData("a [--a {a} [--b {b}]]", 12, "optional groups cannot be nested")]
    [InlineData("a [--verbose]", 3, "an optional group must hold a placeholder")]
    [InlineData("a [--g {g}]x", 12, "a blank must follow")]
    [InlineData("a > log.txt", 3, "'>' means something to a shell only")]
    [InlineData("cd x && a", 6, "'&&' means something to a shell only")]
    public void Parse_WrongCommand_NamesColumnAndReason(string command, int column, string reason)
    {
        CommandTemplateException exception = Assert.Throws<CommandTemplateException>(() => CommandTemplate.Parse(command));
        Assert.Equal(column, exception.Column);
        Assert.Contains(reason, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Uses_ParametersInAndOutOfGroups_AreToldApart()
    {
        CommandTemplate template = CommandTemplate.Parse("a {rate} [--g {gamma}] '{seed}'");
        Assert.Equal(
            [new PlaceholderUse("rate", 3, false), new PlaceholderUse("gamma", 15, true), new PlaceholderUse("seed", 25, false)],
            template.Uses);
    }

    [Fact]
    public void Check_UnknownConditionalAndAmbiguousNames_ReportsEach()
    {
        CommandTemplate template = CommandTemplate.Parse("a {rat} {gamma} [--g {gamma}] {trial} {seed} ${HOME}");
        IReadOnlyList<CommandProblem> problems = template.Check(["rate", "gamma", "seed"], ["gamma"]);
        Assert.Equal([3, 9, 39, 47], problems.Select(p => p.Column));
        Assert.Contains("the parameters are rate, gamma, seed, the built-in values are trial,",
            problems[0].Message, StringComparison.Ordinal);
        Assert.Contains("[--gamma {gamma}]", problems[1].Message, StringComparison.Ordinal);
        Assert.Contains("rename the parameter", problems[2].Message, StringComparison.Ordinal);
        Assert.Contains("Variables of the environment are not expanded", problems[3].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_MissingValueOutsideGroup_Throws()
    {
        InvalidOperationException exception =
            Assert.Throws<InvalidOperationException>(() => CommandTemplate.Parse("a {gamma}").Render(Values));
        Assert.Contains("{gamma}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromArguments_QuotesAndBlanks_MeanThemselves()
    {
        CommandTemplate template = CommandTemplate.FromArguments(
            ["my program", "'x'", "[{rate}]", new CommandItem(["--gamma", "{gamma}"], IsOptional: true), "a \\ > {{}}"]);
        Assert.Equal(["my program", "'x'", "[0.1]", "a \\ > {}"], template.Render(Values));
    }

    [Fact]
    public void FromArguments_OpenBrace_NamesArgument()
    {
        CommandTemplateException exception =
            Assert.Throws<CommandTemplateException>(() => CommandTemplate.FromArguments(["a", "b", "x{rate"]));
        Assert.Equal((3, 2), (exception.Argument, exception.Column));
    }

    [Fact]
    public void FromArguments_EmptyOptionalItem_IsRefused() =>
        Assert.Throws<CommandTemplateException>(
            () => CommandTemplate.FromArguments(["a", new CommandItem(["--verbose"], IsOptional: true)]));
}
