using Attune.Algorithms.Acquisition;
using Attune.Algorithms.Surrogates;
using Attune.Histories;
using Attune.Numerics;

namespace Attune.Algorithms.Samplers;

/// <summary>The Gaussian processes of one proposal, fitted to what the trials tell, with the pending ones hallucinated.</summary>
/// <remarks>
/// One process with the maximum a posteriori hyperparameters, or several with draws from their posterior, whose acquisition values are
/// averaged (J. Snoek, H. Larochelle, R. P. Adams, NeurIPS 2012, section 3.2). The improvement is over the best posterior mean at an
/// evaluated configuration, never over the luckiest measurement.
/// </remarks>
internal sealed partial class GpModel
{
    private const int AlwaysRefit = 60;
    private const double RefitGrowth = 1.05;
    private const double ChooseGrowth = 1.2;
    private const int MostCompared = 200;
    private const int MostAdditive = 40;
    private const int ReferencePoints = 500;

    private static readonly uint ReferencePurpose = RandomKey.Purpose("reference");
    private static readonly double LogHalf = Math.Log(0.5);

    private readonly IReadOnlyList<GaussianProcess> _processes;
    private readonly IReadOnlyList<double> _incumbents;
    private readonly (string Name, GpState State)[] _sides;
    private readonly OutputTransform _transform;
    private readonly (double Mean, double Deviation) _scale;
    private readonly double[] _features;
    private readonly TrainingTrials _training;
    private readonly GpSpace _space;

    private GpModel(
        GpState state, AcquisitionModel acquisition, List<(GaussianProcess Process, double Incumbent)> members, (string, GpState)[] sides,
        List<Configuration> best, OutputTransform transform, (double, double) scale, double[] features, TrainingTrials training,
        GpSpace space)
    {
        (State, Acquisition, Best, _sides) = (state, acquisition, best, sides);
        (_processes, _incumbents) = (members.ConvertAll(member => member.Process), members.ConvertAll(member => member.Incumbent));
        (_transform, _scale, _features, _training, _space) = (transform, scale, features, training, space);
    }

    internal GpState State { get; }

    internal AcquisitionModel Acquisition { get; }

    /// <summary>The configurations with the best posterior means, the best first; feasible ones before others.</summary>
    internal List<Configuration> Best { get; }

    /// <summary>Fits, and takes account of what is pending.</summary>
    /// <param name="data">What the trials tell.</param>
    /// <param name="history">The study.</param>
    /// <param name="own">The number of the trial to propose for, which is not pending for itself.</param>
    /// <param name="batch">What was proposed for earlier places of the same batch, and is pending too.</param>
    /// <param name="options">The options.</param>
    /// <param name="recipe">What is made of the processes.</param>
    /// <param name="key">The key of all that is random.</param>
    /// <param name="matrices">Memory of earlier models, which are of no use from now on; null where they are to stay.</param>
    internal static GpModel Fit(
        ModelData data, History history, int own, ConfigurationSet batch, GpOptions options, GpRecipe recipe, RandomKey key,
        List<CholeskyFactor>? matrices = null)
    {
        var problem = history.Problem;
        var training = new TrainingTrials(data, history, options.ModelTrials);
        var space = GpSpace.Of(problem, options);
        var map = space.Map;

        // Where there is a fidelity, a trial is several points, and what it is worth is what is predicted at full fidelity.
        var points = space.HasFidelity ? CurvePoints.Of(training.Trials, problem, options.ModelTrials) : null;
        var trials = points?.Trials ?? training.Trials;
        var features = points is null ? space.Encode(training.Configurations) : space.Encode(training.Configurations, points);
        var wholes = points is null ? features : space.Encode(training.Configurations);
        var constraints = recipe.ModelsConstraints
            ? ConstraintModel.Fit(trials, problem, map, options, features, data.Annotation, key) : null;
        var (losses, mean, deviation) = ModelTargets.Of(
            trials, problem, key.Derive(RandomKey.Purpose("scalarization")), constraints is not null);
        var prior = new HyperparameterPrior(map, IsAdditive(options, map.Space), KnownNoise(problem, deviation));
        var before = problem.IsSingleObjective ? GpState.Read(data.Annotation, map.Components.Length) : null;
        var posterior = new Lazy<LogPosterior>(() => new(map, options.Smoothness, prior, features, losses));
        var (state, transform) = Learn();
        var parameters = Draw(Members(options.Members, losses.Length));
        if (posterior.IsValueCreated)
            posterior.Value.Dispose();

        // A draw of a function is one of the whole posterior, hyperparameters included.
        if (recipe.Acquisition == AcquisitionKind.Thompson)
            parameters = parameters[..1];
        var pooled = new double[training.Trials.Length];
        var feasible = constraints is null ? null : Array.ConvertAll(training.Trials, trial => trial.IsFeasible);
        var isDone = points?.Reaches(problem.Fidelity!.High, pooled.Length);
        var pending = space.Encode([.. recipe.CountsPending ? training.Pending(own) : [], .. batch]);
        var isPromising = new bool[pending.Length / map.Columns];
        Array.Fill(isPromising, true);
        if (constraints is not null)
            isPromising = Array.ConvertAll(constraints.LogProbabilities(pending, isPromising.Length), value => value > LogHalf);
        var builder = new MemberBuilder(recipe, pending, isPromising, Reference, key, constraints, parameters.Count);
        var processes = new List<(GaussianProcess Process, double Incumbent)>();
        var members = parameters.ConvertAll(Member);
        var best = training.Best(Rank());
        var (factors, sides) = (new List<IFeatureFunction>(), new List<(string, GpState)>());
        AddFactors();
        return new(
            state, new(space.Base, members, factors), processes, [.. sides], best, transform, (mean, deviation), wholes, training, space);

        (GpState State, OutputTransform Transform) Learn()
        {
            var count = points is null ? data.Count : losses.Length;
            if (before is not null && !IsOutdated(before, count))
                return (before, Transform(losses, before.Shift));

            var isThorough = IsThorough(before, count);
            if (!isThorough || losses.Length <= MostCompared)
            {
                var (fitted, transform) = Compare(posterior.Value, losses, isThorough, before?.Parameters);
                return (new(count, isThorough ? count : before!.Chosen, transform.Shift, fitted), transform);
            }

            // Which transform suits and what the hyperparameters roughly are, a sample tells as well, at a fraction of the cost.
            var sample = RankSample.Of(losses, MostCompared);
            double[] sampled = [.. sample.Select(i => losses[i])];
            using var rough = new LogPosterior(
                map, options.Smoothness, prior, ConstraintModel.Rows(features, map.Columns, sample), sampled);
            var (start, chosen) = Compare(rough, sampled, isThorough, before?.Parameters);
            var whole = Transform(losses, chosen.Shift);
            posterior.Value.Retarget(whole.Targets);
            var (parameters, _) = GaussianProcessFit.Fit(posterior.Value, map.Components.Length, false, start, FitKey());
            return (new(count, count, chosen.Shift, parameters), whole);
        }

        (Hyperparameters Parameters, OutputTransform Transform) Compare(
            LogPosterior density, double[] values, bool isThorough, Hyperparameters? warmStart)
        {
            var isChoice = options.Transform && isThorough;
            double[] shifts = isChoice ? OutputTransform.Shifts : [before?.Shift ?? double.PositiveInfinity];
            (Hyperparameters Parameters, double Score, OutputTransform Transform)? found = null;
            foreach (var shift in shifts)
            {
                var candidate = Transform(values, shift);
                density.Retarget(candidate.Targets);
                var (fitted, value) = GaussianProcessFit.Fit(density, map.Components.Length, isThorough, warmStart, FitKey());
                if (found is null || candidate.LogJacobian - value > found.Value.Score)
                    found = (fitted, candidate.LogJacobian - value, candidate);
            }

            return (found!.Value.Parameters, found.Value.Transform);
        }

        RandomKey FitKey() => key.Derive(RandomKey.Purpose("fit"));

        OutputTransform Transform(double[] values, double shift) =>
            recipe.IsCopula ? OutputTransform.Copula(values) : OutputTransform.Of(values, shift);

        List<Hyperparameters> Draw(int count)
        {
            if (count == 1)
                return [state.Parameters];
            posterior.Value.Retarget(transform.Targets);
            return GaussianProcessSurrogate.Draw(
                posterior.Value, state.Parameters, count, GaussianProcessSurrogate.DefaultSteps, key.Derive(RandomKey.Purpose("draws")));
        }

        (IFeatureFunction Function, double LogWeight) Member(Hyperparameters hyperparameters)
        {
            var process = new GaussianProcess(
                map, options.Smoothness, hyperparameters, features, transform.Targets, Factor(processes.Count));
            var (means, variances) = (new double[pooled.Length], new double[pooled.Length]);
            process.Predict(wholes, means, variances);
            var incumbent = double.PositiveInfinity;
            for (var i = 0; i < means.Length; i++)
            {
                pooled[i] += means[i];
                if (feasible?[i] != false && isDone?[i] != false)
                    incumbent = Math.Min(incumbent, means[i]);
            }

            processes.Add((process, incumbent));
            if (double.IsFinite(incumbent) || !recipe.IsImprovement)
                return (space.AtWhole(builder.Build(process, incumbent)), 0);
            builder.Hallucinate(process);
            return (new Indifference(), 0);
        }

        CholeskyFactor? Factor(int member)
        {
            if (matrices is null)
                return null;
            if (matrices.Count == member)
                matrices.Add(new());
            return matrices[member];
        }

        // While nothing is feasible, those come first that are nearest to it.
        int[] Rank()
        {
            if (constraints is null)
                return [.. Enumerable.Range(0, pooled.Length).OrderBy(i => pooled[i]).ThenBy(i => i)];
            var probabilities = constraints.LogProbabilities(wholes, pooled.Length);
            return [.. Enumerable.Range(0, pooled.Length)
                .OrderBy(i => feasible![i] ? 0 : 1).ThenBy(i => feasible![i] ? pooled[i] : -probabilities[i]).ThenBy(i => i)];
        }

        double[] Reference() =>
            [.. wholes, .. space.Encode([.. CandidateSet.Make(problem.Space, ReferencePoints, [], key.Derive(ReferencePurpose))])];

        void AddFactors()
        {
            for (var j = 0; j < (constraints?.Processes.Count ?? 0); j++)
            {
                builder.Hallucinate(constraints!.Processes[j].Process);
                sides.Add((ConstraintModel.Name(j), constraints.Processes[j].State));
            }

            if (constraints is not null && !recipe.DrawsConstraints)
                factors.AddRange(constraints.Factors().Select(space.AtWhole));
            if (recipe.CostExponent > 0 && CostModel.Fit(trials, map, options, features, data.Annotation, key) is { } cost)
            {
                factors.Add(space.AtWhole(CostModel.Factor(cost, recipe.CostExponent)));
                sides.Add((CostModel.Name, cost.State));
            }

            if (recipe.PriorExponent > 0 && problem.Space.Parameters.Any(parameter => parameter.Prior is not null))
                factors.Add(new PriorBelief(space.Base, recipe.PriorExponent));
        }
    }

    /// <summary>Whether the kernel has an additive part.</summary>
    internal static bool IsAdditive(GpOptions options, SearchSpace space) =>
        options.Additive && space.Dimensions is > 1 and <= MostAdditive;

    /// <summary>Whether it is time to look further than the surroundings of an earlier fit.</summary>
    internal static bool IsThorough(GpState? before, int count) => before is null || count >= before.Chosen * ChooseGrowth;

    /// <summary>Whether there are so many more trials than at the last fit that it is time for another.</summary>
    internal static bool IsOutdated(GpState before, int count) => count <= AlwaysRefit || count >= before.Fitted * RefitGrowth;

    /// <summary>How many draws are affordable: with more data each costs more, and they differ less.</summary>
    private static int Members(int wanted, int count) => count switch
    {
        <= 40 => wanted,
        <= 80 => Math.Min(wanted, 16),
        <= 150 => Math.Min(wanted, 8),
        <= 300 => Math.Min(wanted, 4),
        _ => 1,
    };

    private static double? KnownNoise(Problem problem, double deviation) => problem switch
    {
        { IsSingleObjective: true, Objectives: [{ Noise: Noise.Deterministic }] } => HyperparameterPrior.LeastNoise,
        _ => null,
    };
}
