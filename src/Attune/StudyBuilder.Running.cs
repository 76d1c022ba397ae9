using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Attune.Events;
using Attune.Execution;
using Attune.Sqlite;

namespace Attune;

public sealed partial class StudyBuilder
{
    /// <summary>Runs the study over a typed space, with a function that returns the value of the only objective.</summary>
    /// <typeparam name="T">A record whose members are the parameters.</typeparam>
    /// <param name="objective">Evaluates one set of parameters. NaN, infinity and exceptions make the trial failed; the study goes
    /// on.</param>
    /// <param name="cancellationToken">Ends the run politely, whenever it is cancelled: what was found is returned, and running again
    /// resumes.</param>
    /// <returns>The best parameters and the whole history.</returns>
    /// <exception cref="SpaceException">The record is no search space; the message names the member.</exception>
    /// <exception cref="ProblemException">The study is not well defined, or a study of that name solves another problem.</exception>
    public Task<StudyResult<T>> RunAsync<[DynamicallyAccessedMembers(
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties)] T>(
            Func<T, double> objective, CancellationToken cancellationToken = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(objective);
        return RunAsync<T>((parameters, _) => Task.FromResult(objective(parameters)), cancellationToken);
    }

    /// <summary>Runs the study over a typed space, with an asynchronous function that returns the value of the only objective.</summary>
    /// <typeparam name="T">A record whose members are the parameters.</typeparam>
    /// <param name="objective">Evaluates one set of parameters; the context holds a seed, a cancellation token, and takes reports on the
    /// way.</param>
    /// <param name="cancellationToken">Ends the run politely, whenever it is cancelled: what was found is returned, and running again
    /// resumes.</param>
    /// <returns>The best parameters and the whole history.</returns>
    /// <exception cref="SpaceException">The record is no search space; the message names the member.</exception>
    /// <exception cref="ProblemException">The study is not well defined, or a study of that name solves another problem.</exception>
    public async Task<StudyResult<T>> RunAsync<[DynamicallyAccessedMembers(
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        Func<T, TrialContext, Task<double>> objective, CancellationToken cancellationToken = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(objective);
        if (_objectives.Count > 1)
            throw new ProblemException($"The study '{_name}' has {_objectives.Count} objectives; return metrics by name.");
        var typed = TypedSpace.Of<T>();
        var executor = DelegateExecutor.Of(trial => objective(typed.Materialize(trial.Configuration), trial));
        return new(await RunAsync(typed.Space, executor, cancellationToken).ConfigureAwait(false), typed);
    }

    /// <summary>Runs the study over a typed space, with a function that returns metrics by name.</summary>
    /// <typeparam name="T">A record whose members are the parameters.</typeparam>
    /// <param name="evaluate">Evaluates one set of parameters; null when it has reported everything through the context.</param>
    /// <param name="cancellationToken">Ends the run politely, whenever it is cancelled: what was found is returned, and running again
    /// resumes.</param>
    /// <returns>The best parameters and the whole history.</returns>
    /// <exception cref="SpaceException">The record is no search space; the message names the member.</exception>
    /// <exception cref="ProblemException">The study is not well defined, or a study of that name solves another problem.</exception>
    public async Task<StudyResult<T>> RunMetricsAsync<[DynamicallyAccessedMembers(
        DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        Func<T, TrialContext, Task<MetricValues?>> evaluate, CancellationToken cancellationToken = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(evaluate);
        var typed = TypedSpace.Of<T>();
        var executor = new DelegateExecutor(trial => evaluate(typed.Materialize(trial.Configuration), trial));
        return new(await RunAsync(typed.Space, executor, cancellationToken).ConfigureAwait(false), typed);
    }

    /// <summary>Runs the study over a space without a type, with a function that returns the value of the only objective.</summary>
    /// <param name="space">The search space.</param>
    /// <param name="objective">Evaluates one configuration.</param>
    /// <param name="cancellationToken">Ends the run politely, whenever it is cancelled: what was found is returned, and running again
    /// resumes.</param>
    /// <returns>How the run ended, with the whole history.</returns>
    /// <exception cref="ProblemException">The study is not well defined, or a study of that name solves another problem.</exception>
    public Task<RunSummary> RunAsync(
        SearchSpace space, Func<Configuration, double> objective, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        return RunAsync(space, DelegateExecutor.Of(trial => objective(trial.Configuration)), cancellationToken);
    }

    /// <summary>Runs the study over a space with any executor.</summary>
    /// <param name="space">The search space.</param>
    /// <param name="executor">Runs each trial.</param>
    /// <param name="cancellationToken">Ends the run politely, whenever it is cancelled: what was found is returned, and running again
    /// resumes.</param>
    /// <returns>How the run ended, with the whole history.</returns>
    /// <exception cref="ProblemException">The study is not well defined, or a study of that name solves another problem.</exception>
    public async Task<RunSummary> RunAsync(SearchSpace space, IExecutor executor, CancellationToken cancellationToken = default)
    {
        if (_budget == Budget.Unlimited && !_isUnlimited)
            throw new ProblemException($"The study '{_name}' has no budget: give a number of trials or a time, or call WithoutLimit().");

        // Cancelled before or after this moment, the caller gets what stands in the study.
        await using var opened = await OpenAsync(space, CancellationToken.None).ConfigureAwait(false);
        var printer = _progress is null ? null : new ProgressPrinter(_progress);
        var options = new RunOptions
        {
            Parallelism = _parallelism,
            OnTrialFinished = _onTrialFinished + (printer is null ? null : printer.Print),
            OnEvent = printer is null ? null : printer.Hear,
        };
        return await opened.Study.RunAsync(executor, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Opens or creates the study for asking and telling by hand.</summary>
    /// <param name="space">The search space.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The study with its store; dispose it when done.</returns>
    /// <exception cref="ProblemException">The study is not well defined, or a study of that name solves another problem.</exception>
    public async Task<OpenedStudy> OpenAsync(SearchSpace space, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(space);
        var problem = new Problem(space, _objectives.Count == 0 ? [_defaultObjective] : _objectives, _constraints, _fidelities);
        var definition = new StudyDefinition(
            problem, _seed, Describe(_methods.DescribeSampler, _sampler), Describe(_methods.DescribeScheduler, _scheduler))
        {
            Budget = _budget,
        };
        if (_store is null && _name.AsSpan().IndexOfAny(Path.GetInvalidFileNameChars()) >= 0)
            throw new ProblemException($"The name '{_name}' cannot be the name of a file; say where to keep the study with StoreIn(path).");
        var store = _store is null
            ? await SqliteStore.OpenAsync($"{_name}.db", cancellationToken: cancellationToken).ConfigureAwait(false)
            : await _store(cancellationToken).ConfigureAwait(false);
        try
        {
            var options = new StudyOptions { Catalog = _methods, Parallelism = _parallelism, Space = space };
            var (study, _) = await StudyOpener.OpenOrCreateAsync(store, _name, definition, options, cancellationToken)
                .ConfigureAwait(false);
            return new(study, _ownsStore ? store : null);
        }
        catch
        {
            if (_ownsStore)
                await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static MethodDescriptor Describe(Func<string, JsonElement?, MethodDescriptor> describe, (string Name, string Options) method)
    {
        try
        {
            using var options = JsonDocument.Parse(method.Options);
            return describe(method.Name, options.RootElement);
        }
        catch (JsonException exception)
        {
            throw new ProblemException($"The options of '{method.Name}' are not a JSON object: {exception.Message}");
        }
    }
}
