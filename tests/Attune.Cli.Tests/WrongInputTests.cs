using System.Text;

namespace Attune.Cli.Tests;

/// <summary>A table of wrong inputs with the exit code and the message that each one gets.</summary>
public sealed class WrongInputTests
{
    private static readonly (string Title, string Words, Action<Shell>? Prepare)[] Cases =
    [
        ("an unknown command", "rnu study.yaml", null),
        ("an unknown option", "trials --limt 3", null),
        ("an unknown option after the study", "trials bowl --limt 3", null),
        ("an unknown short option", "trials -z", null),
        ("an unknown option among words", "tell 5 loss=3 --tokn 2", null),
        ("a limit that is no number", "trials --limit many", null),
        ("a limit below zero", "trials --limit -1", null),
        ("a limit beyond all numbers", "trials --limit 99999999999", null),
        ("more trials at once than can be", "run --parallelism 99999999", null),
        ("an unknown state", "trials --state compleeted", null),
        ("an unknown order", "trials --sort valeu", null),
        ("an option without its value", "trials --limit", null),
        ("too many arguments", "best bowl again", null),
        ("an unknown study", "best bwol", null),
        ("an unknown study without a near one", "best something", null),
        ("a study file that is not there", "best bwol.yaml", null),
        ("a study file that is nearly there", "trials studdy.yaml --store bowl.db", null),
        ("a store twice", "trials --store bowl.db --store bowl.db", null),
        ("an unknown trial", "show --trial 77", null),
        ("no words to tell", "tell", null),
        ("no trial named", "tell loss=3", null),
        ("a trial that is no number", "tell five loss=3", null),
        ("three words before the metrics", "tell bowl 5 6 loss=3", null),
        ("a metric without a value", "tell 5 loss=", null),
        ("a metric that is no number", "tell 5 loss=good", null),
        ("a decimal comma", "tell 5 loss=0,5", null),
        ("a metric twice", "tell 5 loss=1 loss=2", null),
        ("a mistyped metric", "tell 4 los=0.5", null),
        ("a mistyped metric of a study with two objectives", "tell --store front.db 0 eror=0.5", null),
        ("one value for two objectives", "tell --store front.db 0 --value 3", null),
        ("a value that is no number", "tell 5 --value abc", null),
        ("a value twice", "tell 5 loss=3 --value 3", null),
        ("failed with a value", "tell 5 loss=3 --failed broken", null),
        ("failed without a reason", "tell 5 --failed=", null),
        ("a token that is none", "tell 5 loss=3 --token x", null),
        ("an old token", "tell 5 loss=3 --token 9", null),
        ("a trial that was told otherwise", "tell 0 loss=77", null),
        ("a trial that failed before", "tell 4 loss=3", null),
        ("an unknown trial to tell", "tell 99 loss=3", null),
        ("a report without metrics", "report 5", null),
        ("a report about a trial that ended", "report 0 loss=3", null),
        ("a resource that is no number", "report 5 loss=3 --resource much", null),
        ("a resource below zero", "report 5 loss=3 --resource -2", null),
        ("enqueue without values", "enqueue", null),
        ("enqueue of an unknown parameter", "enqueue dept=3", null),
        ("enqueue of a value out of range", "enqueue x=2", null),
        ("enqueue of a text for a number", "enqueue x=big", null),
        ("enqueue of NaN", "enqueue x=NaN", null),
        ("enqueue of a fraction for an integer", "enqueue model=tree depth=2.5", null),
        ("enqueue of an unknown choice", "enqueue model=trea", null),
        ("enqueue of a word without a value", "enqueue x=0.5 tree", null),
        ("enqueue of broken JSON", "enqueue --values {x:1}", null),
        ("enqueue of JSON that ends too early", "enqueue --values {", null),
        ("enqueue of a list in JSON", "enqueue --values {\"x\":[1]}", null),
        ("enqueue of a JSON list", "enqueue --values [1]", null),
        ("enqueue of incomplete values", "enqueue x=0.5 --complete", null),
        ("delete without an answer", "delete", null),
        ("an unknown format", "export --format xml", null),
        ("a folder to export to", "export --output sub", shell => Directory.CreateDirectory(shell.PathOf("sub"))),
        ("a missing folder to export to", "export --output nowhere/trials.csv", null),
        ("a missing study file", "ask --file studdy.yaml", null),
        ("a folder as study file", "ask --file .", null),
        ("a wrong study file", "ask --file wrong.yaml", shell =>
            shell.Write("wrong.yaml", "minimise: loss\nspace:\n  x: float(1, 0)\ncommand: ./a {y}\n")),
        ("a hold that is no time", "ask --hold soon", null),
        ("init over an existing file", "init", null),
        ("init with an open quote", "init --output new.yaml --command \"python", null),
        ("init with a name that no study can have", "init --output new.yaml --name a/b -- a", null),
        ("init with an empty metric", "init --output new.yaml --metric= -- a", null),
        ("init twice told", "init --output new.yaml --command a -- b", null),
        ("a missing store", "list --store nothing.db", null),
        ("a nearly named store", "list --store bowll.db", null),
        ("a folder as store", "list --store .", null),
        ("a folder as store to run in", "run --store .", null),
        ("a folder as store to ask in", "ask --file study.yaml --store .", null),
        ("a text file as store", "list --store study.yaml", null),
        ("another program's database", "list --store foreign.db", Foreign),
        ("a damaged store", "list --store damaged.db", Damage),
        ("a store of a newer version", "list --store newer.db", Newer),
        ("a missing store in the environment", "list", shell => shell.Variables["ATTUNE_STORE"] = "nothing.db"),
        ("several stores", "list", null),
        ("no store", "list", shell => Array.ForEach(Directory.GetFiles(shell.Folder, "*.db*"), File.Delete)),
    ];

    public static TheoryData<string> Titles => [.. Cases.Select(one => one.Title)];

    [Fact]
    public async Task Run_WrongInputs_GivesTheMessagesOfTheTable()
    {
        var table = new StringBuilder();
        foreach (var (title, words, prepare) in Cases)
        {
            using var shell = await PreparedAsync(prepare, needsTwoStores: words is "list"
                || words.Contains("front.db", StringComparison.Ordinal));
            var result = await shell.RunAsync(Words(words));
            table.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"# {title}\n$ attune {words}\n{shell.Scrub(result.Error)}{result.Output}exit {result.Code}\n\n");
        }

        GoldenFile.Check("wrong-inputs.txt", table.ToString());
    }

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task Run_WrongInput_FailsInFewLinesWithoutAStackTrace(string title)
    {
        var (_, words, prepare) = Cases.Single(one => one.Title == title);
        using var shell = await PreparedAsync(prepare, needsTwoStores: words is "list"
            || words.Contains("front.db", StringComparison.Ordinal));

        var result = await shell.RunAsync(Words(words));

        Assert.InRange(result.Code, 1, 5);
        Assert.Empty(result.Output);
        Assert.All(result.Error.TrimEnd('\n').Split('\n'), line => Assert.StartsWith("attune: ", line, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WrongInput_LeavesTheTrialAsItWas()
    {
        using var shell = await PreparedAsync(null, needsTwoStores: false);
        var before = await shell.OutputOfAsync("trials", "--json");
        foreach (var (_, words, _) in Cases.Where(one =>
            one.Words.StartsWith("tell", StringComparison.Ordinal) && one.Prepare is null
            && !one.Words.Contains("front", StringComparison.Ordinal)))
            await shell.RunAsync(Words(words));

        Assert.Equal(before, await shell.OutputOfAsync("trials", "--json"));
    }

    private static string[] Words(string words) => words.Split(' ');

    private static async Task<Shell> PreparedAsync(Action<Shell>? prepare, bool needsTwoStores)
    {
        var shell = new Shell();
        await Fixtures.BowlAsync(shell);
        if (needsTwoStores)
            await Fixtures.FrontAsync(shell);
        prepare?.Invoke(shell);
        return shell;
    }

    private static void Damage(Shell shell)
    {
        var bytes = File.ReadAllBytes(shell.PathOf("bowl.db"));
        bytes.AsSpan(100, bytes.Length - 100).Fill(0x55);
        File.WriteAllBytes(shell.PathOf("damaged.db"), bytes);
    }

    // The header of SQLite files: the user version at 60, the application id at 68 (https://sqlite.org/fileformat.html).
    private static void Newer(Shell shell) => Change(shell, "newer.db", 63, 99);

    private static void Foreign(Shell shell) => Change(shell, "foreign.db", 71, 1);

    private static void Change(Shell shell, string name, int offset, byte value)
    {
        var bytes = File.ReadAllBytes(shell.PathOf("bowl.db"));
        bytes[offset] = value;
        File.WriteAllBytes(shell.PathOf(name), bytes);
    }
}
