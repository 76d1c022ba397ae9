using System.Text.Json;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Schedulers;

public sealed class SchedulerContractTests
{
    private const string Script = """
        {"hold": 2, "cues": [
          {"trial": 0, "resource": 3, "decision": "pause"}, {"trial": 0, "resource": 5, "decision": "pause"},
          {"trial": 2, "decision": "stop"}, {"trial": 5, "resource": 2, "decision": "pause"},
              {"trial": 5, "resource": 4, "decision": "stop"},
          {"trial": 23, "decision": "pause"}]}
        """;

    public static TheoryData<string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string>();
        foreach (var (scheduler, options) in new[] { ("run-to-completion", "{}"), ("scripted", "{}"), ("scripted", Script) })
        {
            foreach (var law in SchedulerContract.Laws)
                cases.Add(scheduler, options, law);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Check_EveryLaw_Holds(string scheduler, string options, string law)
    {
        var descriptor = MethodRegistry.Default.DescribeScheduler(scheduler, JsonElement.Parse(options));
        new SchedulerContract(MethodRegistry.Default, descriptor).Check(law, seed: 20_241);
    }
}
