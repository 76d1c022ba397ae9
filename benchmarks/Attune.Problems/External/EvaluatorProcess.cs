using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Attune.Problems;

/// <summary>A running program that speaks the evaluator protocol: one JSON object a line in, one a line out. One request at a
/// time.</summary>
internal sealed class EvaluatorProcess : IAsyncDisposable
{
    private const int KeptErrorLines = 5;
    private const int ShownLetters = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Process _process;
    private readonly string _program;
    private readonly Queue<string> _errors = new();

    private EvaluatorProcess(Process process, string program) => (_process, _program) = (process, program);

    /// <summary>Starts the program.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <exception cref="BenchmarkException">It cannot be started.</exception>
    internal static EvaluatorProcess Start(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
        };
        try
        {
            var started = new EvaluatorProcess(Process.Start(start)!, command[0]);
            started._process.ErrorDataReceived += (_, line) => started.Keep(line.Data);
            started._process.BeginErrorReadLine();
            return started;
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or InvalidOperationException)
        {
            throw new BenchmarkException($"The evaluator '{command[0]}' cannot be started: {exception.Message}", exception);
        }
    }

    /// <summary>Asks and waits for the answer.</summary>
    /// <param name="request">A JSON object without line ends.</param>
    /// <param name="cancellationToken">Gives up; the process must not be used any more then.</param>
    /// <exception cref="BenchmarkException">It ended, answered something else than an object, or answered an error.</exception>
    internal async Task<JsonElement> AskAsync(string request, CancellationToken cancellationToken)
    {
        string? line;
        try
        {
            await _process.StandardInput.WriteAsync((request + "\n").AsMemory(), cancellationToken).ConfigureAwait(false);
            await _process.StandardInput.FlushAsync(cancellationToken).ConfigureAwait(false);
            line = await _process.StandardOutput.ReadLineAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException)
        {
            line = null;
        }

        if (line is null)
            throw new BenchmarkException(await EndAsync(request).ConfigureAwait(false));
        var answer = Parse(line, request);
        return answer.TryGetProperty("error", out var error)
            ? throw new BenchmarkException($"The evaluator '{_program}' refuses {Shorten(request)}: {error}")
            : answer;
    }

    /// <summary>Ends the program: it sees the end of its input, and is killed when it does not mind.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.StandardInput.Close();
            using var limit = new CancellationTokenSource(Patience);
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            Kill();
        }

        _process.Dispose();
    }

    /// <summary>Kills the program with all that it started.</summary>
    internal void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself.
        }
    }

    private JsonElement Parse(string line, string request)
    {
        try
        {
            var answer = JsonElement.Parse(line);
            if (answer.ValueKind == JsonValueKind.Object)
                return answer;
        }
        catch (JsonException)
        {
            // Told below, as for any other answer that is no object.
        }

        throw new BenchmarkException(
            $"The evaluator '{_program}' answered {Shorten(request)} with a line that is no JSON object: {Shorten(line)}");
    }

    private async Task<string> EndAsync(string request)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return $"The evaluator '{_program}' closed its output instead of answering {Shorten(request)}.";
        }

        string[] errors;
        lock (_errors)
            errors = [.. _errors];
        var last = errors.Length == 0 ? "" : $" Its last words: {string.Join(" / ", errors)}";
        return $"The evaluator '{_program}' ended with exit code {_process.ExitCode} instead of answering {Shorten(request)}.{last}";
    }

    private void Keep(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        lock (_errors)
        {
            _errors.Enqueue(Shorten(line));
            if (_errors.Count > KeptErrorLines)
                _errors.Dequeue();
        }
    }

    private static string Shorten(string text) => text.Length <= ShownLetters ? text : text[..ShownLetters] + "…";
}
