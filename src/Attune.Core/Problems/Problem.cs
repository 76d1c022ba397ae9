using System.Collections.Immutable;

namespace Attune;

/// <summary>What is to be optimised: a space, one or more objectives, and what is known of evaluations.</summary>
public sealed class Problem
{
    /// <summary>Makes a problem and checks it.</summary>
    /// <param name="space">The search space.</param>
    /// <param name="objectives">At least one objective, with different metrics.</param>
    /// <param name="constraints">Bounds on metrics that are known after evaluation.</param>
    /// <param name="fidelities">Resources of which a trial may get more or less; schedulers work with the first.</param>
    /// <param name="costMetric">The metric that says what the current run of a trial has cost since it was started or resumed; null to take
    /// the elapsed seconds.</param>
    /// <param name="instances">Folds, seeds or data sets over which a configuration is evaluated; empty for one.</param>
    /// <exception cref="ProblemException">The definition is not legal.</exception>
    public Problem(
        SearchSpace space, IEnumerable<Objective> objectives, IEnumerable<OutcomeConstraint>? constraints = null,
        IEnumerable<Fidelity>? fidelities = null, string? costMetric = null, IEnumerable<string>? instances = null)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(objectives);
        Space = space;
        Objectives = [.. objectives];
        Constraints = [.. constraints ?? []];
        Fidelities = [.. fidelities ?? []];
        CostMetric = costMetric;
        Instances = [.. instances ?? []];
        if (Objectives.Length == 0)
            throw new ProblemException("A problem needs at least one objective: the metric to minimise or maximise.");
        foreach (var objective in Objectives)
            objective.Check();
        foreach (var constraint in Constraints)
            constraint.Check();
        foreach (var fidelity in Fidelities)
            fidelity.Check();
        Unique("objectives", Objectives.Select(objective => objective.Metric));
        Unique("fidelities", Fidelities.Select(fidelity => fidelity.Name));
        Unique("instances", Instances);
        if (Objectives.FirstOrDefault(objective => objective.Reduction == Reduction.AtFullFidelity) is { } full && Fidelities.Length == 0)
            throw new ProblemException($"Objective '{full.Metric}': 'at full fidelity' needs a fidelity.");
        if (CostMetric is not null && string.IsNullOrWhiteSpace(CostMetric))
            throw new ProblemException("The cost metric needs a name, or leave it out.");
    }

    /// <summary>The search space.</summary>
    public SearchSpace Space { get; }

    /// <summary>The objectives, at least one.</summary>
    public ImmutableArray<Objective> Objectives { get; }

    /// <summary>Bounds on metrics that are known after evaluation.</summary>
    public ImmutableArray<OutcomeConstraint> Constraints { get; }

    /// <summary>Resources of which a trial may get more or less; schedulers work with the first.</summary>
    public ImmutableArray<Fidelity> Fidelities { get; }

    /// <summary>
    /// The metric that says what the current run of a trial has cost since it was started or resumed; null for the elapsed seconds.
    /// </summary>
    public string? CostMetric { get; }

    /// <summary>Folds, seeds or data sets over which a configuration is evaluated.</summary>
    public ImmutableArray<string> Instances { get; }

    /// <summary>The fidelity that schedulers work with; null when evaluations are all or nothing.</summary>
    public Fidelity? Fidelity => Fidelities.Length == 0 ? null : Fidelities[0];

    /// <summary>Whether there is one objective.</summary>
    public bool IsSingleObjective => Objectives.Length == 1;

    /// <summary>Whether an objective is a mean over instances.</summary>
    internal bool TakesMeans => Objectives.Any(static objective => objective.Reduction == Reduction.MeanOverInstances);

    /// <summary>The same problem over another space.</summary>
    /// <param name="space">A revision of the space.</param>
    public Problem WithSpace(SearchSpace space) => new(space, Objectives, Constraints, Fidelities, CostMetric, Instances);

    private static void Unique(string what, IEnumerable<string> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!seen.Add(name))
                throw new ProblemException($"The {what} name '{name}' twice.");
        }
    }
}
