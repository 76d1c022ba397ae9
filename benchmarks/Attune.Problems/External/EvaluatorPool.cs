using System.Collections.Concurrent;
using System.Text.Json;

namespace Attune.Problems;

/// <summary>Several processes of one evaluator, so that several requests are answered at a time. They start when they are needed.</summary>
/// <param name="command">The program and its arguments.</param>
/// <param name="most">The largest number of processes at a time, at least 1.</param>
internal sealed class EvaluatorPool(IReadOnlyList<string> command, int most) : IAsyncDisposable
{
    private readonly SemaphoreSlim _places = new(most);
    private readonly ConcurrentBag<EvaluatorProcess> _idle = [];

    /// <summary>Asks a process that is free.</summary>
    /// <param name="request">A JSON object without line ends.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BenchmarkException">The program cannot be started, broke the protocol, or refused.</exception>
    internal async Task<JsonElement> AskAsync(string request, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var process = _idle.TryTake(out var idle) ? idle : EvaluatorProcess.Start(command);
            try
            {
                var answer = await process.AskAsync(request, cancellationToken).ConfigureAwait(false);
                _idle.Add(process);
                return answer;
            }
            catch
            {
                // Its next line might answer this request.
                process.Kill();
                await process.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
        finally
        {
            _places.Release();
        }
    }

    /// <summary>Ends all processes; nothing may be asked any more.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_idle.TryTake(out var process))
            await process.DisposeAsync().ConfigureAwait(false);
        _places.Dispose();
    }
}
