using System.Text.Json.Serialization;

namespace Attune.Algorithms.Surrogates;

/// <summary>How smooth the functions are that a Gaussian process expects.</summary>
[JsonConverter(typeof(Samplers.SmoothnessConverter))]
public enum Smoothness
{
    /// <summary>Matérn with ν = 5/2: twice differentiable, the usual choice for losses.</summary>
    Matern52,

    /// <summary>Squared exponential: infinitely differentiable.</summary>
    SquaredExponential,
}
