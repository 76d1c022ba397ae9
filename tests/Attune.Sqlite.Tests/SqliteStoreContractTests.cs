using System.Globalization;
using Attune.Testing;
using CsCheck;

namespace Attune.Sqlite.Tests;

public sealed class SqliteStoreContractTests
{
    public static TheoryData<string> Laws => [.. JournalContract.Laws];

    [Theory]
    [MemberData(nameof(Laws))]
    public async Task SqliteStore_EveryLaw_IsKept(string law) =>
        await new JournalContract("the SQLite store", () => new TemporaryPlace()).CheckAsync(law, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("DecisionsTakeTurns")]
    [InlineData("FailedDecisionsAppendNothing")]
    [InlineData("HistoriesAreTheSameAfterReopening")]
    public async Task SqliteStore_DurabilityAgainstLossOfPower_KeepsTheLawsToo(string law) =>
        await new JournalContract("the SQLite store (Power)", () => new TemporaryPlace(new() { Durability = Durability.Power }))
            .CheckAsync(law, TestContext.Current.CancellationToken);

    [Fact]
    public async Task SqliteStore_WithoutTheMutexThatOrdersWriters_IsAsSafe() =>
        await new JournalContract("the SQLite store (no mutex)", () => new TemporaryPlace(new() { Queues = false }))
            .CheckAsync("DecisionsTakeTurns", TestContext.Current.CancellationToken);

    [Fact]
    public async Task SqliteStore_RandomUse_AgreesWithAPlainList()
    {
        var contract = new JournalContract("the SQLite store", () => new TemporaryPlace());
        await Gen.ULong.SampleAsync(
            async seed => await contract.CheckRandomUseAsync(seed, 60, TestContext.Current.CancellationToken), iter: 20, threads: 1);
    }

    [Fact]
    public async Task SqliteStore_UnderACultureWithADecimalComma_KeepsEveryKindOfEvent()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            var contract = new JournalContract("the SQLite store", () => new TemporaryPlace());
            await contract.CheckAsync("EveryKindOfEventIsKept", TestContext.Current.CancellationToken);
            await contract.CheckAsync("HistoriesAreTheSameAfterReopening", TestContext.Current.CancellationToken);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
