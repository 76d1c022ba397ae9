using Attune.Sqlite;
using Attune.Testing.Studies;
using Attune.Tests.Shared;

namespace Attune.Processes.Tests;

public sealed class SqliteStudyLawTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("attune-");
    private int _stores;

    public static TheoryData<string, string, string> Cases() => StudyLawCases.All();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("last-loss", "scripted")]
    public async Task CrashesChangeNothing_EveryPoint_SameTrials(string sampler, string scheduler) => await StudyLaws.CrashesChangeNothingAsync(
        Open, StudyLawCases.Define(sampler, "{}", scheduler, trials: 3), LastLossSampler.Methods, StudyLawCases.TrainAsync, CrashPoint.All, Cancel);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task RandomCrashesChangeNothing_TenCrashes_SameTrials(string sampler, string options, string scheduler) => Assert.InRange(
        await StudyLaws.RandomCrashesChangeNothingAsync(
            Open, StudyLawCases.Define(sampler, options, scheduler, trials: 12), LastLossSampler.Methods, StudyLawCases.TrainAsync, crashes: 12, seed: 4,
            Cancel),
        10,
        12);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task DeathsLoseNothing_FourWorkers_OneOutcomeEach(string sampler, string options, string scheduler)
    {
        await using var store = Open();
        await StudyLaws.DeathsLoseNothingAsync(
            store, StudyLawCases.Define(sampler, options, scheduler, trials: 16, objectives: 2), LastLossSampler.Methods, StudyLawCases.TrainAsync,
            workers: 4, deaths: 5, seed: 3, Cancel);
    }

    private SqliteStore Open() =>
        SqliteStore.OpenAsync(Path.Combine(_folder.FullName, $"{++_stores}.db"), cancellationToken: Cancel).AsTask().GetAwaiter().GetResult();
}
