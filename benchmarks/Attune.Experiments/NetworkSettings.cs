namespace Attune.Experiments;

/// <summary>The hyperparameters of <see cref="NetworkTraining"/>.</summary>
/// <param name="Hidden">The number of hidden units.</param>
/// <param name="BatchSize">The number of images in a step.</param>
/// <param name="LearningRate">The step size at the start.</param>
/// <param name="Decay">By what the step size is multiplied after each pass over the images.</param>
/// <param name="Momentum">The share of the last step that is kept.</param>
/// <param name="WeightDecay">The weight of the squared norm.</param>
/// <param name="Dropout">The share of hidden units that are left out at random in a step.</param>
/// <param name="InitialScale">The deviation of the first weights, in units of that of He initialisation.</param>
internal sealed record NetworkSettings(
    int Hidden, int BatchSize, float LearningRate, float Decay, float Momentum, float WeightDecay, float Dropout, float InitialScale)
{
    internal static SearchSpace Space { get; } = new SearchSpaceBuilder()
        .Int("hidden", 8, 128, Scale.Log)
        .Int("batch_size", 8, 256, Scale.Log)
        .Float("learning_rate", 1e-3, 1, Scale.Log)
        .Float("decay", 0.5, 1)
        .Float("momentum", 0, 0.99)
        .Float("weight_decay", 1e-6, 1e-1, Scale.Log)
        .Float("dropout", 0, 0.7)
        .Float("initial_scale", 0.1, 3, Scale.Log)
        .Build();

    internal static NetworkSettings Of(Configuration at) => new(
        at.GetInt("hidden"), at.GetInt("batch_size"), (float)at.GetDouble("learning_rate"), (float)at.GetDouble("decay"),
        (float)at.GetDouble("momentum"), (float)at.GetDouble("weight_decay"), (float)at.GetDouble("dropout"),
        (float)at.GetDouble("initial_scale"));
}
