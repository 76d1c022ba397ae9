namespace Attune.Algorithms.Surrogates;

/// <summary>
/// Configurations as rows of the unit cube, with their activity and the codes of their choices: what surrogates learn from and predict for.
/// </summary>
public sealed class EncodedConfigurations
{
    /// <summary>Encodes.</summary>
    /// <param name="space">The space.</param>
    /// <param name="configurations">n configurations of it.</param>
    public EncodedConfigurations(SearchSpace space, ReadOnlySpan<Configuration> configurations)
    {
        ArgumentNullException.ThrowIfNull(space);
        (Space, Count) = (space, configurations.Length);
        var size = Count * space.Dimensions;
        (Unit, Active, Codes) = (new double[size], new bool[size], new int[size]);
        space.Encode(configurations, Unit, Active, Codes);
    }

    /// <summary>The space.</summary>
    public SearchSpace Space { get; }

    /// <summary>n, the number of rows.</summary>
    public int Count { get; }

    /// <summary>d, the number of parameters.</summary>
    public int Dimensions => Space.Dimensions;

    /// <summary>n × d places in [0, 1], row-major; an inactive parameter lies where its default lies.</summary>
    public double[] Unit { get; }

    /// <summary>n × d flags, row-major: whether the parameter is active.</summary>
    public bool[] Active { get; }

    /// <summary>n × d codes, row-major: the index of a discrete value; −1 for floats without steps and for inactive parameters.</summary>
    public int[] Codes { get; }
}
