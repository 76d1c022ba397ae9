using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace Attune.Problems;

/// <summary>The problems that a program serves by the evaluator protocol, see <c>docs/benchmarks.md</c>.</summary>
public sealed class ExternalProblemSource : IProblemSource
{
    private readonly EvaluatorPool _evaluators;
    private readonly ConcurrentDictionary<string, ExternalProblem> _problems = new(StringComparer.Ordinal);

    private ExternalProblemSource(EvaluatorPool evaluators, IReadOnlyList<string> names) => (_evaluators, Names) = (evaluators, names);

    /// <inheritdoc/>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Starts a program and asks it what it serves.</summary>
    /// <param name="command">The program and its arguments, at least the program.</param>
    /// <param name="processes">How many processes of it may run at a time, at least 1: one answers one request after the other.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BenchmarkException">It cannot be started, or does not speak the protocol.</exception>
    public static async Task<ExternalProblemSource> StartAsync(
        IReadOnlyList<string> command, int processes = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentOutOfRangeException.ThrowIfZero(command.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(processes, 1);
        var evaluators = new EvaluatorPool(command, processes);
        try
        {
            var answer = await evaluators.AskAsync("""{"cmd":"list"}""", cancellationToken).ConfigureAwait(false);
            if (!answer.TryGetProperty("problems", out var problems) || problems.ValueKind != JsonValueKind.Array
                || problems.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
                throw new BenchmarkException(
                    $"The evaluator '{command[0]}' answers the request for its list without a list of texts 'problems': {answer}");
            return new(evaluators, [.. problems.EnumerateArray().Select(name => name.GetString()!)]);
        }
        catch
        {
            await evaluators.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<BenchmarkProblem> OpenAsync(string name, CancellationToken cancellationToken = default)
    {
        if (_problems.TryGetValue(name, out var known))
            return known;
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("cmd", "space");
            writer.WriteString("problem", name);
            writer.WriteEndObject();
        }

        var request = Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        var space = await _evaluators.AskAsync(request, cancellationToken).ConfigureAwait(false);
        return _problems.GetOrAdd(name, ExternalProblem.Read(name, space, _evaluators));
    }

    /// <summary>Ends the program's processes.</summary>
    public ValueTask DisposeAsync() => _evaluators.DisposeAsync();
}
