using Attune.Algorithms.Acquisition;
using Attune.Algorithms.Samplers;
using Attune.Histories;
using Attune.Numerics;

namespace Attune.Algorithms.Schedulers;

/// <summary>What a model of configuration and resource thinks of trials that could go on, and of new ones.</summary>
internal sealed class CurveModel
{
    private const int Candidates = 256;

    private readonly GpModel _model;
    private readonly ModelData _data;
    private readonly Fidelity _fidelity;

    private CurveModel(GpModel model, ModelData data, Fidelity fidelity) => (_model, _data, _fidelity) = (model, data, fidelity);

    /// <summary>Fits.</summary>
    /// <param name="data">What the trials tell.</param>
    /// <param name="history">The study.</param>
    /// <param name="own">A trial that does not count as pending; −1 for none.</param>
    /// <param name="options">The options of the model.</param>
    /// <param name="key">The key of all that is random.</param>
    internal static CurveModel Fit(ModelData data, History history, int own, GpOptions options, RandomKey key)
    {
        var recipe = new GpRecipe(AcquisitionKind.LogExpectedImprovement)
        {
            ModelsConstraints = true, Pending = PendingMethod.Hallucination,
        };
        return new(GpModel.Fit(data, history, own, new(), options, recipe, key), data, history.Problem.Fidelity!);
    }

    /// <summary>The probability that a trial becomes the best at full fidelity.</summary>
    internal double Hope(Trial trial) => _model.ProbabilityOfImprovement(_data.Adopt(trial.Configuration!));

    /// <summary>The logarithm of a trial's expected improvement at full fidelity by unit of resource that it takes to get there.</summary>
    internal double Price(Trial trial)
    {
        var spent = _fidelity.IsResumable ? trial.CheckpointResource ?? trial.Resource ?? 0 : 0;
        return Improvement([_data.Adopt(trial.Configuration!)])[0] - Math.Log(Math.Max(_fidelity.High - spent, _fidelity.Low));
    }

    /// <summary>The same for the best new configuration among candidates.</summary>
    internal double PriceOfNew(SearchSpace space, RandomKey key)
    {
        var candidates = CandidateSet.Make(space, Candidates, _model.Best, key);
        return Improvement([.. candidates]).Max() - Math.Log(_fidelity.High);
    }

    private double[] Improvement(Configuration[] configurations)
    {
        var values = new double[configurations.Length];
        _model.Acquisition.Evaluate(_model.Acquisition.Map.Encode(configurations), values);
        return values;
    }
}
