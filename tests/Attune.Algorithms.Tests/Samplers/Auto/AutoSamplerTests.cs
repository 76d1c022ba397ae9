using System.Text.Json;
using Attune.Algorithms.Samplers;
using Attune.Numerics;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Samplers.Auto;

public sealed class AutoSamplerTests
{
    // Every third proposal comes from Parzen estimators, since the surface has steps. A fit that finds no earlier one is thorough: it
    // chooses the transform anew, and says that it was chosen by all trials.
    [Fact]
    public void Propose_AfterATurnOfParzenEstimators_GoesOnFromTheFitBefore()
    {
        var space = new SearchSpaceBuilder().Float("x", 0, 1).Float("y", 0, 1).Build();
        var problem = new Problem(space, [new("loss")]);
        var descriptor = AutoSampler.Registration.Describe();
        var sampler = AutoSampler.Registration.Create(descriptor, new(problem, 1, new()));
        var script = new JournalScript(JournalScript.Define(problem, 1, descriptor), [sampler]);
        var stream = RandomKey.FromSeed(2).CreateStream();
        for (var i = 0; i < 40; i++)
            Tell(script.Start(new(space.Sample(ref stream))));
        var annotations = new List<JsonElement>();
        for (var i = 0; i < 8; i++)
        {
            var proposal = sampler.Propose(new(script.History, script.History.Trials.Count, script.History.SamplerIndex), 1)[0];
            annotations.Add(JsonElement.Parse(proposal.Annotation!));
            Tell(script.Start(proposal));
        }

        var after = annotations.Zip(annotations.Skip(1))
            .Where(pair => Method(pair.First) == "tpe" && annotations.IndexOf(pair.First) > 1).Select(pair => pair.Second).ToArray();
        Assert.NotEmpty(after);
        Assert.All(after, annotation =>
        {
            Assert.Equal("gp", Method(annotation));
            var model = annotation.GetProperty("model");
            Assert.True(model.GetProperty("chosen").GetInt32() < model.GetProperty("fitted").GetInt32());
        });

        static string Method(JsonElement annotation) => annotation.GetProperty("method").GetString()!;

        void Tell(int trial)
        {
            var numbers = script.History.Trials[trial].Configuration!.Numbers;
            script.Complete(trial, new("loss", Math.Floor(4 * Math.Abs(numbers[0] - 0.3)) + Math.Floor(4 * Math.Abs(numbers[1] - 0.6))));
        }
    }
}
