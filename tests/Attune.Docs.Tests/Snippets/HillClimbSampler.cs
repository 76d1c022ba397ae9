#region sampler
using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Attune;
using Attune.Algorithms;
using Attune.Events;
using Attune.Histories;
using Attune.Numerics;
using Attune.Sampling;

namespace Snippets;

/// <summary>Options of the sampler <c>hill-climb</c>.</summary>
public sealed record HillClimbOptions
{
    /// <summary>The share of proposals that are drawn at random.</summary>
    public double Exploration { get; init; } = 0.2;

    /// <summary>Standard deviation of a step, as a share of each range on its scale.</summary>
    public double Radius { get; init; } = 0.1;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(HillClimbOptions))]
internal sealed partial class HillClimbJson : JsonSerializerContext;

/// <summary>A normal step away from the best trial, or a random draw.</summary>
public sealed class HillClimbSampler : ISampler
{
    private const int Tries = 100;

    private readonly HillClimbOptions _options;

    private HillClimbSampler(MethodDescriptor descriptor, HillClimbOptions options) => (Descriptor, _options) = (descriptor, options);

    public static SamplerRegistration Registration { get; } = SamplerRegistration.Create(
        "hill-climb", version: 1, "Steps away from the best trial.", HillClimbJson.Default.HillClimbOptions,
        [
            MethodOption.Number("exploration", "The share of proposals that are drawn at random.", 0, 1),
            MethodOption.Number("radius", "Standard deviation of a step, as a share of each range on its scale.", 1e-6, 10),
        ],
        (descriptor, options, _) => new HillClimbSampler(descriptor, options));

    public MethodDescriptor Descriptor { get; }

    public bool ReadsHistory => true;

    public void Observe(in JournalEvent journalEvent, History history)
    {
        // All that it needs, the best trial, stands in the history already.
    }

    public IReadOnlyList<Proposal> Propose(in ProposalContext context, int count)
    {
        var proposals = new Proposal[count];
        for (var i = 0; i < count; i++)
        {
            var stream = context.Key("hill-climb", i).CreateStream();
            proposals[i] = new(Next(context.Space, context.History, ref stream));
        }

        return proposals;
    }

    private Configuration Next(SearchSpace space, History history, ref RandomStream stream)
    {
        if (history.Front.Count == 0 || stream.NextDouble() < _options.Exploration)
            return space.Sample(ref stream);

        // With several objectives there are several best trials. Their configurations may be of an earlier revision of the space.
        var best = history.Trials[history.Front[stream.NextInt(history.Front.Count)]].Configuration!;
        if (best.Space != space)
            best = space.Adopt(best, ImmutableDictionary<string, ParameterValue>.Empty);
        var (from, to) = (new double[space.Dimensions], new double[space.Dimensions]);
        space.Encode([best], from);
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            for (var i = 0; i < to.Length; i++)
                to[i] = from[i] + (_options.Radius * stream.NextNormal());
            var configuration = space.Decode(to);
            if (space.IsLegal(configuration))
                return configuration;
        }

        return space.Sample(ref stream);
    }
}
#endregion
