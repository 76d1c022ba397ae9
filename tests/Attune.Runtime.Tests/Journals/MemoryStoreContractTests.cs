using Attune.Journals;
using Attune.Testing;
using CsCheck;

namespace Attune.Runtime.Tests.Journals;

public sealed class MemoryStoreContractTests
{
    public static TheoryData<string> Laws => [.. JournalContract.Laws];

    [Theory]
    [MemberData(nameof(Laws))]
    public async Task MemoryStore_EveryLaw_IsKept(string law) =>
        await new JournalContract("the in-memory store", () => new MemoryPlace()).CheckAsync(law, TestContext.Current.CancellationToken);

    [Fact]
    public async Task MemoryStore_RandomUse_AgreesWithAPlainList()
    {
        var contract = new JournalContract("the in-memory store", () => new MemoryPlace());
        await Gen.ULong.SampleAsync(
            async seed => await contract.CheckRandomUseAsync(seed, 60, TestContext.Current.CancellationToken), iter: 200, threads: 1);
    }

    private sealed class MemoryPlace : StorePlace
    {
        private readonly MemoryStore _store = new();

        public override ValueTask<IStudyStore> OpenAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IStudyStore>(_store);
    }
}
