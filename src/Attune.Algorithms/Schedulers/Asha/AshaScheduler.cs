using System.Collections.Immutable;
using Attune.Internal;
using Attune.Scheduling;

namespace Attune.Algorithms.Schedulers;

/// <summary>
/// Asynchronous successive halving with promotions (L. Li et al., A system for massively parallel hyperparameter tuning, MLSys 2020,
/// Algorithm 2): a free worker promotes the best trial that is among the first ⌊n/η⌋ of the highest rung possible, or else begins a new
/// one.
/// </summary>
internal sealed class AshaScheduler : PausingScheduler
{
    private readonly AshaBracket[] _brackets;
    private readonly BracketShares _shares;

    internal AshaScheduler(
        MethodDescriptor descriptor, ImmutableArray<double> levels, double eta, int brackets, bool endsEarly,
        Func<ImmutableArray<double>, AshaBracket> create)
        : base(descriptor, endsEarly)
    {
        _brackets = [.. BracketShares.Levels(levels, brackets).Select(create)];
        _shares = new(brackets, levels.Length, eta);
        Active = [.. Enumerable.Range(0, brackets)];
    }

    /// <summary>How registries know it: <c>asha</c>.</summary>
    public static SchedulerRegistration Registration { get; } = SchedulerRegistration.Create(
        "asha", 1, "Asynchronous successive halving: the best of each rung go on, whenever a worker is free.", AshaJson.Default.AshaOptions,
        [
            RungOptions.Type,
            RungOptions.Eta,
            RungOptions.MinResource,
            RungOptions.MaxResource,
            MethodOption.Integer(
                "brackets", "How many brackets, each of which leaves out one more of the first rungs; at most as many as there are rungs.",
                1,
                20),
        ],
        (descriptor, options, context) => Create(
            descriptor, options.Type, options.Eta, options.MinResource, options.MaxResource, options.Brackets, context));

    /// <inheritdoc/>
    public override IReadOnlyList<RungSummary> Rungs => [.. _brackets.SelectMany((bracket, index) => bracket.Summaries(index))];

    /// <inheritdoc/>
    protected override IReadOnlyList<int> Active { get; }

    /// <summary>Makes either form.</summary>
    /// <param name="descriptor">What it shows.</param>
    /// <param name="type">The form.</param>
    /// <param name="eta">η.</param>
    /// <param name="least">The resource of the first rung; null for the fidelity's.</param>
    /// <param name="most">The resource of the last rung; null for the fidelity's.</param>
    /// <param name="brackets">How many brackets; null for as many as there are rungs.</param>
    /// <param name="context">The problem.</param>
    /// <exception cref="ProblemException">The options do not suit the problem.</exception>
    internal static IScheduler Create(
        MethodDescriptor descriptor, AshaType type, double eta, double? least, double? most, int? brackets, MethodContext context)
    {
        var (fidelity, low, high) = RungLevels.Check(descriptor, context.Problem, least, most);
        var levels = RungLevels.Up(fidelity, eta, low, high);
        if (brackets > levels.Length)
        {
            throw new ProblemException(
                $"Scheduler '{descriptor.Name}': option 'brackets' is {brackets}; allowed is a whole number from 1 to {levels.Length}, "
                + "because "
                + $"there are so many rungs: {string.Join(", ", levels.Select(NumberText.Exact))} ({fidelity.Name}).");
        }

        var (problem, count) = (context.Problem, brackets ?? levels.Length);
        return type == AshaType.Stopping
            ? new AshaStoppingScheduler(descriptor, problem, levels, eta, count)
            : new AshaScheduler(descriptor, levels, eta, count, high < fidelity.High, part => new(problem, part, eta));
    }

    /// <inheritdoc/>
    protected override RungBracket BracketAt(int index) => _brackets[index];

    /// <inheritdoc/>
    protected override double FirstLevel(int index) => _brackets[index].Levels[0];

    /// <inheritdoc/>
    protected override int NextBracket() => _shares.Next();

    /// <inheritdoc/>
    protected override int Begin(ScheduleStep? step)
    {
        var bracket = Math.Clamp(step?.Bracket ?? 0, 0, _brackets.Length - 1);
        _shares.Begin(bracket);
        return bracket;
    }
}
