using Attune.Events;
using Attune.Sqlite;
using Attune.Tests.Shared;

namespace Attune.Processes.Tests;

public sealed class CodeConstraintTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("attune-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_folder.FullName, "study.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("random")]
    [InlineData("last-loss")]
    public async Task AskAsync_SpaceWasReadFromAFile_ObeysTheCodeThatIsGivenAgainAlsoAfterARevision(string sampler)
    {
        await using (var store = await SqliteStore.OpenAsync(File, cancellationToken: Cancel))
        await using (var study = await Study.CreateAsync(store, "s", Define(sampler, Space(1)), Options(null), Cancel))
            Assert.True((await study.AskAsync(cancellationToken: Cancel))!.Configuration.GetDouble("x") > 0.5);
        await using (var store = await SqliteStore.OpenAsync(File, cancellationToken: Cancel))
        await using (var study = await Study.OpenAsync(store, "s", Options(Space(1)), Cancel))
        {
            await AskSeveralAsync(study);
            await study.ReviseSpaceAsync(Space(2), cancellationToken: Cancel);
            await AskSeveralAsync(study);
        }

        await using (var store = await SqliteStore.OpenAsync(File, cancellationToken: Cancel))
        await using (var study = await Study.OpenAsync(store, "s", Options(Space(2)), Cancel))
            await AskSeveralAsync(study);

        static async Task AskSeveralAsync(Study study)
        {
            for (var i = 0; i < 5; i++)
                Assert.True((await study.AskAsync(cancellationToken: Cancel))!.Configuration.GetDouble("x") > 0.5);
        }
    }

    [Fact]
    public async Task AskAsync_CodeIsNotGivenAgain_SaysSoAndLosesNoNumber()
    {
        await using (var store = await SqliteStore.OpenAsync(File, cancellationToken: Cancel))
        await using (await Study.CreateAsync(store, "s", Define("last-loss", Space(1)), Options(null), Cancel))
        {
        }

        await using var opened = await SqliteStore.OpenAsync(File, cancellationToken: Cancel);
        await using (var study = await Study.OpenAsync(opened, "s", Options(null), Cancel))
        {
            var missing = await Assert.ThrowsAsync<SpaceException>(async () => await study.AskAsync(cancellationToken: Cancel));
            Assert.Equal(
                "The input constraint 'right-half (version 1)' is code that this process was not given; pass the search space again when you open the study.",
                missing.Message);
        }

        await using var again = await Study.OpenAsync(opened, "s", Options(Space(1)), Cancel);
        Assert.Equal(0, (await again.AskAsync(cancellationToken: Cancel))!.Trial);
    }

    private static SearchSpace Space(double high) => new SearchSpaceBuilder().Float("x", 0, high)
        .Constrain(InputConstraint.Of("right-half", 1, configuration => configuration.GetDouble("x") > 0.5)).Build();

    private static StudyOptions Options(SearchSpace? space) => new() { Catalog = LastLossSampler.Methods, Space = space };

    private static StudyDefinition Define(string sampler, SearchSpace space) => new(
        new(space, [new("loss")]), 5, LastLossSampler.Methods.DescribeSampler(sampler), LastLossSampler.Methods.DescribeScheduler("run-to-completion"));
}
