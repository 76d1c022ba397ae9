using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Transforms;

namespace Digits.Model;

/// <summary>Trains one classifier of digits and measures it. The same arguments give the same metrics, to the last bit.</summary>
public static class DigitsModel
{
    /// <summary>Trains on the training part and measures on the validation part. This is what a search optimises.</summary>
    /// <param name="parameters">The hyperparameters.</param>
    /// <param name="data">The images.</param>
    /// <param name="seed">Seed of the random features and of the order of the images.</param>
    /// <param name="cancellation">
    /// Ends the run between its stages (kernel, training, measuring): ML.NET has no public way to interrupt a stage, which takes about a
    /// second at most.
    /// </param>
    /// <returns>Metrics of the validation part.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A hyperparameter is out of its range.</exception>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    public static DigitsMetrics Train(DigitsParameters parameters, DigitsData data, long seed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(data);
        return FitAndMeasure(parameters, data.Training, data.Validation, seed, cancellation);
    }

    /// <summary>
    /// Trains on the training and validation parts together and measures on the test part. To be called once, when the search is over.
    /// </summary>
    /// <inheritdoc cref="Train"/>
    /// <returns>Metrics of the test part.</returns>
    public static DigitsMetrics TrainFinal(DigitsParameters parameters, DigitsData data, long seed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(data);
        return FitAndMeasure(parameters, [.. data.Training, .. data.Validation], data.Test, seed, cancellation);
    }

    private static DigitsMetrics FitAndMeasure(
        DigitsParameters parameters,
        IReadOnlyList<DigitImage> fitted,
        IReadOnlyList<DigitImage> measured,
        long seed,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        parameters.Validate();
        cancellation.ThrowIfCancellationRequested();

        // A context of its own: sharing one would let the trials that ran before change the random numbers of this one.
        var context = new MLContext(Fold(seed));
        var training = context.Data.LoadFromEnumerable(fitted);
        var validation = context.Data.LoadFromEnumerable(measured);
        if (parameters.Model == ModelKind.Svm)
        {
            var kernel = KernelMap(context, parameters).Fit(training);
            training = context.Data.Cache(kernel.Transform(training));
            validation = kernel.Transform(validation);
        }

        cancellation.ThrowIfCancellationRequested();
        var model = Trainer(context, parameters).Fit(training);
        cancellation.ThrowIfCancellationRequested();
        var scores = model.Transform(validation).GetColumn<float[]>("Score");
        return Measure(scores, measured, parameters.Model == ModelKind.Svm ? HingeLoss : CrossEntropy);
    }

    private static ApproximatedKernelMappingEstimator KernelMap(MLContext context, DigitsParameters parameters) =>
        context.Transforms.ApproximatedKernelMap(
            nameof(DigitImage.Features), rank: parameters.Rank, generator: new GaussianKernel((float)parameters.Gamma));

    // One thread everywhere: with more, the order of additions would depend on the operating system and so would the last digits.
    private static IEstimator<ITransformer> Trainer(MLContext context, DigitsParameters parameters)
    {
        var trainers = context.MulticlassClassification.Trainers;
        if (parameters.Model == ModelKind.Svm)
        {
            return trainers.SdcaNonCalibrated(new SdcaNonCalibratedMulticlassTrainer.Options
            {
                Loss = new HingeLoss(),
                L2Regularization = (float)parameters.Lambda,
                L1Regularization = 0,
                MaximumNumberOfIterations = parameters.Iterations,
                NumberOfThreads = 1,
            });
        }

        return trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            L1Regularization = (float)parameters.L1,
            L2Regularization = (float)parameters.L2,
            MaximumNumberOfIterations = parameters.Iterations,
            NumberOfThreads = 1,
        });
    }

    private static DigitsMetrics Measure(IEnumerable<float[]> scores, IReadOnlyList<DigitImage> images, Func<float[], uint, double> loss)
    {
        var correct = 0;
        var total = 0.0;
        foreach (var (score, image) in scores.Zip(images))
        {
            if (Array.IndexOf(score, score.Max()) == image.Label)
                correct++;
            total += loss(score, image.Label);
        }

        return new DigitsMetrics((double)correct / images.Count, total / images.Count);
    }

    // Crammer, Singer (2001), eq. 5: by how much the best wrong class comes within a margin of one.
    private static double HingeLoss(float[] margins, uint label)
    {
        var wrong = margins.Where((_, other) => other != label).Max();
        return Math.Max(0, 1 + wrong - margins[label]);
    }

    private static double CrossEntropy(float[] probabilities, uint label) => -Math.Log(Math.Max(probabilities[label], float.Epsilon));

    // ML.NET takes seeds of 32 bits.
    private static int Fold(long seed) => unchecked((int)seed ^ (int)(seed >> 32));
}
