using Attune.Events;
using Attune.Execution;
using Attune.Histories;
using Attune.Journals;
using Attune.Programs;

namespace Attune.Runtime.Tests.Execution;

/// <summary>A study whose trials are shell scripts, in a folder of its own.</summary>
internal sealed class ProgramStudy : IDisposable
{
    public ProgramStudy()
        : this(Directory.CreateTempSubdirectory("attune-process-").FullName)
    {
    }

    public ProgramStudy(string folder) => Folder = folder;

    public static SearchSpace Space { get; } = new SearchSpaceBuilder().Float("rate", 0, 1, defaultValue: 0.25).Build();

    public string Folder { get; }

    public Problem Problem { get; init; } = new(Space, [new Objective("loss")]);

    public static Problem WithEpochs { get; } = new(Space, [new Objective("loss")], fidelities: [new("epoch", 1, 9)]);

    public StubMethods Methods { get; init; } = new();

    public int Trials { get; init; } = 1;

    public RetryPolicy Retries { get; init; } = RetryPolicy.Default;

    public IStudyStore Store { get; init; } = new MemoryStore();

    public ICrashPoints? CrashPoints { get; init; }

    public List<string> Warnings { get; } = [];

    public List<JournalEvent> Events { get; } = [];

    public string TrialFolder(int trial = 0) => Path.Combine(Folder, "trials", "s", FormattableString.Invariant($"trial-{trial:D5}"));

    public string this[string file] => Path.Combine(Folder, file);

    /// <summary>Options that run a shell script, whose working folder is that of this object.</summary>
    public ProgramOptions Shell(string script) => new()
    {
        Command = CommandTemplate.FromArguments(["/bin/sh", "-c", Literal(script)]),
        TrialsFolder = this["trials"],
        WorkingFolder = Folder,
        Grace = TimeSpan.FromMinutes(5),
        OnWarning = warning =>
        {
            lock (Warnings)
                Warnings.Add(warning);
        },
    };

    public Task<Trial> RunOneAsync(string script) => RunOneAsync(Shell(script));

    public async Task<Trial> RunOneAsync(ProgramOptions options) => (await RunAsync(options)).Trials[0];

    /// <summary>Creates the study, or opens it again, and runs it.</summary>
    public async Task<History> RunAsync(
        ProgramOptions options, Action<JournalEvent>? onEvent = null, CancellationTokenSource? cancelling = null)
    {
        var token = TestContext.Current.CancellationToken;
        var study = new StudyOptions { Catalog = Methods, CrashPoints = CrashPoints };
        var definition = new StudyDefinition(Problem, 7, StubMethods.Sampler, StubMethods.Scheduler)
        {
            Budget = Budget.Unlimited with { Trials = Trials },
            Retries = Retries,
        };
        var isThere = (await Store.ListAsync(token)).Contains("s");
        await using var opened = isThere
            ? await Study.OpenAsync(Store, "s", study, token)
            : await Study.CreateAsync(Store, "s", definition, study, token);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, cancelling?.Token ?? CancellationToken.None);
        var run = new RunOptions
        {
            OnEvent = (journalEvent, _) =>
            {
                Events.Add(journalEvent);
                onEvent?.Invoke(journalEvent);
            },
        };
        var executor = new ProcessExecutor("s", Problem, options);
        return (await opened.RunAsync(executor, run, either.Token)).History;
    }

    /// <summary>Asserts that no program which the journal knows of still runs, nor anything that it started.</summary>
    public void AssertNothingRuns()
    {
        var launched = Events.Select(journalEvent => journalEvent.Payload).OfType<Launched>().ToArray();
        Assert.NotEmpty(launched);
        foreach (var program in launched)
        {
            var identity = new ProgramIdentity(HostIdentity.FromText(program.Host), program.ProcessId, program.ProcessStart);
            Assert.Equal(ProgramPresence.Gone, ProgramProbe.Look(identity));
        }
    }

    public void WriteScript(string name, string text)
    {
        File.WriteAllText(this[name], text);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(this[name], UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    /// <summary>Reads a file of the study's folder.</summary>
    public Task<string> ReadAsync(params string[] path) =>
        File.ReadAllTextAsync(Path.Combine([Folder, .. path]), TestContext.Current.CancellationToken);

    /// <summary>Reads the lines of a file of the study's folder.</summary>
    public Task<string[]> ReadLinesAsync(params string[] path) =>
        File.ReadAllLinesAsync(Path.Combine([Folder, .. path]), TestContext.Current.CancellationToken);

    private static string Literal(string script) =>
        script.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
