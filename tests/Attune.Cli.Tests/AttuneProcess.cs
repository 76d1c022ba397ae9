using System.Diagnostics;
using System.Globalization;

namespace Attune.Cli.Tests;

/// <summary>The command line as a process of its own.</summary>
internal sealed class AttuneProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;

    private AttuneProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync();
    }

    internal static AttuneProcess Start(Shell shell, params IEnumerable<string> words)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = shell.Folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Attune.Cli.dll"));
        foreach (var word in words)
            start.ArgumentList.Add(word);
        start.Environment.Remove("ATTUNE_STORE");
        return new(Process.Start(start)!);
    }

    /// <summary>Reads lines of the output until one begins with a text.</summary>
    internal async Task<string> LineAsync(string beginning)
    {
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
                return line;
        }

        throw new InvalidOperationException($"The process ended without a line that begins with '{beginning}': {await _error}");
    }

    /// <summary>Kills it in the middle of whatever it does (SIGKILL).</summary>
    internal async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Sends it a signal.</summary>
    internal async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    internal async Task<Result> EndAsync()
    {
        var output = await _process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(_process.ExitCode, output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
