using System.Globalization;

namespace Attune.Execution;

/// <summary>The warnings of one run: kept in its folder and told to whoever listens, as long as they are not too many.</summary>
internal sealed class RunWarnings(string path, string prefix, Action<string>? listener)
{
    private const int Most = 20;

    private readonly Lock _sync = new();
    private readonly List<string> _all = [];
    private int _count;

    /// <summary>The first warnings, as many as are kept.</summary>
    internal IReadOnlyList<string> ToList()
    {
        lock (_sync)
            return [.. _all];
    }

    internal void Add(string warning)
    {
        lock (_sync)
        {
            if (++_count > Most)
                return;
            if (_count == Most)
                warning += string.Create(CultureInfo.InvariantCulture, $" (Warnings beyond the first {Most} of a run are left out.)");
            _all.Add(warning);
            try
            {
                File.AppendAllText(path, warning + "\n");
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // On a full disk the listener still hears of it.
            }
        }

        listener?.Invoke($"{prefix}: {warning}");
    }
}
