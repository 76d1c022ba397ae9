using System.Collections.Immutable;
using System.Text.Json;
using Attune.Algorithms.Samplers;
using Attune.Algorithms.Schedulers;
using Attune.Internal;
using Attune.Sampling;
using Attune.Scheduling;

namespace Attune.Algorithms;

/// <summary>The samplers and schedulers that journals and study files can name. Immutable: <see cref="With(SamplerRegistration)"/> gives
/// a larger one.</summary>
public sealed class MethodRegistry : IMethodCatalog
{
    private static readonly JsonElement NoOptions = JsonElement.Parse("{}");

    private MethodRegistry(ImmutableArray<SamplerRegistration> samplers, ImmutableArray<SchedulerRegistration> schedulers) =>
        (Samplers, Schedulers) = (samplers, schedulers);

    /// <summary>All methods that come with Attune.</summary>
    public static MethodRegistry Default { get; } = new(
        [
            AutoSampler.Registration,
            GpSampler.Registration,
            TpeSampler.Registration,
            RandomSampler.Registration,
            SobolSampler.Registration,
            HaltonSampler.Registration,
            LatinHypercubeSampler.Registration,
            GridSampler.Registration,
            GpUcbSampler.Registration,
            ForestSampler.Registration,
            TurboSampler.Registration,
            ScboSampler.Registration,
        ],
        [
            RunToCompletionScheduler.Registration,
            AshaScheduler.Registration,
            AsyncHyperband.Registration,
            PashaScheduler.Registration,
            HyperbandScheduler.Registration,
            HyperbandScheduler.SuccessiveHalving,
            PercentileScheduler.Median,
            PercentileScheduler.Percentile,
            FreezeThawScheduler.Registration,
            ScriptedScheduler.Registration,
        ]);

    /// <summary>The samplers in the order in which to show them.</summary>
    public ImmutableArray<SamplerRegistration> Samplers { get; }

    /// <summary>The schedulers in the order in which to show them.</summary>
    public ImmutableArray<SchedulerRegistration> Schedulers { get; }

    /// <summary>A registry that knows one sampler more.</summary>
    /// <param name="sampler">The sampler; an older version of the same name stays, so that its journals can be read on.</param>
    /// <exception cref="ArgumentException">Its name or an alias is taken at that version.</exception>
    public MethodRegistry With(SamplerRegistration sampler) => new(Add(Samplers, sampler), Schedulers);

    /// <summary>A registry that knows one scheduler more.</summary>
    /// <param name="scheduler">The scheduler; an older version of the same name stays, so that its journals can be read on.</param>
    /// <exception cref="ArgumentException">Its name or an alias is taken at that version.</exception>
    public MethodRegistry With(SchedulerRegistration scheduler) => new(Samplers, Add(Schedulers, scheduler));

    /// <summary>The newest version of a sampler.</summary>
    /// <param name="name">Its name or an alias.</param>
    /// <exception cref="ProblemException">There is none; the message lists those that there are.</exception>
    public SamplerRegistration FindSampler(string name) => Find("sampler", Samplers, name, version: null);

    /// <summary>The newest version of a scheduler.</summary>
    /// <param name="name">Its name or an alias.</param>
    /// <exception cref="ProblemException">There is none; the message lists those that there are.</exception>
    public SchedulerRegistration FindScheduler(string name) => Find("scheduler", Schedulers, name, version: null);

    /// <summary>The descriptor of the newest version of a sampler.</summary>
    /// <param name="name">Its name or an alias.</param>
    /// <param name="options">A JSON object of options with snake_case names; null for the defaults.</param>
    /// <exception cref="ProblemException">The name or an option is unknown, or a value is not allowed.</exception>
    public MethodDescriptor DescribeSampler(string name, JsonElement? options = null) => FindSampler(name).Describe(options ?? NoOptions);

    /// <summary>The descriptor of the newest version of a scheduler.</summary>
    /// <param name="name">Its name or an alias.</param>
    /// <param name="options">A JSON object of options with snake_case names; null for the defaults.</param>
    /// <exception cref="ProblemException">The name or an option is unknown, or a value is not allowed.</exception>
    public MethodDescriptor DescribeScheduler(string name, JsonElement? options = null) =>
        FindScheduler(name).Describe(options ?? NoOptions);

    /// <inheritdoc/>
    public ISampler CreateSampler(MethodDescriptor descriptor, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(context);
        return Find("sampler", Samplers, descriptor.Name, descriptor.Version).Create(descriptor, context);
    }

    /// <inheritdoc/>
    public IScheduler CreateScheduler(MethodDescriptor descriptor, MethodContext context)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(context);
        return Find("scheduler", Schedulers, descriptor.Name, descriptor.Version).Create(descriptor, context);
    }

    private static ImmutableArray<T> Add<T>(ImmutableArray<T> registered, T added)
        where T : MethodRegistration
    {
        ArgumentNullException.ThrowIfNull(added);
        foreach (var other in registered)
        {
            var isOtherVersion = other.Name == added.Name && other.Version != added.Version;
            if (!isOtherVersion && Names(added).Intersect(Names(other)).FirstOrDefault() is { } taken)
                throw new ArgumentException($"The name '{taken}' is taken by {other.Title}, version {other.Version}.", nameof(added));
        }

        return registered.Add(added);
    }

    private static T Find<T>(string kind, ImmutableArray<T> registered, string name, int? version)
        where T : MethodRegistration
    {
        ArgumentNullException.ThrowIfNull(name);
        var named = registered.Where(method => Names(method).Contains(name)).OrderByDescending(method => method.Version).ToArray();
        if (named.Length == 0)
        {
            var names = registered.Select(method => method.Name).Distinct().ToArray();
            throw new ProblemException(
                $"There is no {kind} '{name}'; there are {string.Join(", ", names)}."
                + NearNames.Question(name, registered.SelectMany(Names)));
        }

        return version is null ? named[0] : Array.Find(named, method => method.Version == version) ?? throw new ProblemException(
            $"{named[0].Title} is known in version {string.Join(", ", named.Select(method => method.Version))}, "
            + $"but the study asks for version {version}. "
            + "Continue it with the Attune that began it, or begin a new study.");
    }

    private static IEnumerable<string> Names(MethodRegistration method) => method.Aliases.Prepend(method.Name);
}
