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

    private static readonly (string Scheduler, string Options)[] Schedulers =
    [
        ("run-to-completion", "{}"),
        ("scripted", "{}"),
        ("scripted", Script),
        ("asha", "{}"),
        ("asha", """{"type": "stopping"}"""),
        ("asha", """{"brackets": 3}"""),
        ("asha", """{"type": "stopping", "brackets": 2, "eta": 2, "min_resource": 2, "max_resource": 8}"""),
        ("async-hyperband", "{}"),
        ("async-hyperband", """{"type": "stopping"}"""),
        ("pasha", "{}"),
        ("pasha", """{"eta": 2}"""),
        ("hyperband", "{}"),
        ("hyperband", """{"eta": 2, "max_resource": 8}"""),
        ("successive-halving", "{}"),
        ("successive-halving", """{"trials": 5, "eta": 2.5, "min_resource": 2}"""),
        ("median", "{}"),
        ("median", """{"min_trials": 1, "grace_period": 2, "interval": 3}"""),
        ("percentile", "{}"),
        ("percentile", """{"keep": 60, "min_trials": 2}"""),
    ];

    private static readonly string[] LawsOfModels =
    [
        "EveryTrialComesToAnEnd", "LostWorkersDoNotStopIt", "FailuresDoNotStopIt", "TiesAreTaken", "TheSpaceMayBeRevised",
    ];

    public static TheoryData<string, string, string> Cases()
    {
        var cases = new TheoryData<string, string, string>();
        foreach (var (scheduler, options) in Schedulers)
        {
            foreach (var law in SchedulerContract.Laws)
                cases.Add(scheduler, options, law);
        }

        // A model for every decision is too slow for the laws that decide at every event of long journals.
        foreach (var law in LawsOfModels)
            cases.Add("freeze-thaw", "{}", law);
        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Check_EveryLaw_Holds(string scheduler, string options, string law)
    {
        var descriptor = MethodRegistry.Default.DescribeScheduler(scheduler, JsonElement.Parse(options));
        var values = JsonElement.Parse(options);
        var needsFidelity = scheduler is not ("run-to-completion" or "scripted");
        var claims = new SchedulerContractOptions
        {
            NeedsFidelity = needsFidelity,
            ReductionFactor = !needsFidelity || scheduler == "freeze-thaw" ? null : values.TryGetProperty("eta", out var eta) ? eta.GetDouble() : 3,
            MaxResource = values.TryGetProperty("max_resource", out var most) ? most.GetDouble() : null,
        };
        new SchedulerContract(MethodRegistry.Default, descriptor, claims).Check(law, seed: 20_241);
    }
}
