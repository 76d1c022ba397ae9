using System.Text;
using System.Text.Json;
using Attune.Problems;

namespace Attune.Comparison;

/// <summary>A file of result lines. Whole runs are appended, so what an interruption leaves is at most one torn run, which is run
/// again.</summary>
public sealed class ResultFile
{
    /// <summary>The name of this system in result lines.</summary>
    public const string OwnSystem = "attune";

    /// <summary>By what share a budget of resource may be missed by rounding.</summary>
    internal const double ResourceTolerance = 1e-9;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly HashSet<RunKey> _complete;

    private ResultFile(string path, HashSet<RunKey> complete) => (_path, _complete) = (path, complete);

    /// <summary>Opens a file to go on with it; it need not exist.</summary>
    /// <param name="path">The file.</param>
    /// <param name="system">The system whose runs are to be added; lines of others stay as they are.</param>
    /// <param name="trials">How many trials a run is to have.</param>
    /// <exception cref="BenchmarkException">It holds something else than result lines, or runs of another length.</exception>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static ResultFile Open(string path, string system, int trials) => Open(path, system, run =>
    {
        if (run.Any(line => line.IsOfFidelity))
            throw new BenchmarkException($"{path} holds runs over training runs; runs of {trials} whole trials need a file of their own.");
        if (run[0].Budget is { } budget && budget != trials)
            throw new BenchmarkException(
                $"{path} holds runs of {budget} trials; methods know their budget, so runs of {trials} need a file of their own.");
        var numbers = run.Select(line => line.Trial).ToHashSet();
        return run.Any(line => line.IsExhausted) || Enumerable.Range(0, trials).All(numbers.Contains);
    });

    /// <summary>Opens a file of runs over training runs to go on with it; it need not exist.</summary>
    /// <param name="path">The file.</param>
    /// <param name="system">The system whose runs are to be added; lines of others stay as they are.</param>
    /// <param name="resource">How much resource a run is to spend.</param>
    /// <exception cref="BenchmarkException">It holds something else than such lines, or runs of another budget.</exception>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static ResultFile OpenFidelity(string path, string system, double resource) => Open(path, system, run =>
    {
        if (run[0].ResourceBudget is not { } budget)
            throw new BenchmarkException($"{path} holds runs of whole trials; runs over training runs need a file of their own.");
        if (budget != resource)
        {
            throw new BenchmarkException(FormattableString.Invariant(
                $"{path} holds runs that spend {budget}; methods know their budget, so runs of {resource} need a file of their own."));
        }

        return run.Any(line => line.IsExhausted || line.CumulativeFidelity >= resource * (1 - ResourceTolerance));
    });

    private static ResultFile Open(string path, string system, Func<TrialLine[], bool> isWhole)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
        {
            using (File.Create(path))
                return new(path, []);
        }

        var lines = Read(path, mayBeTorn: true);
        var (complete, torn) = (new HashSet<RunKey>(), new HashSet<RunKey>());
        foreach (var run in lines.Where(line => line.Run.System == system).GroupBy(line => line.Run))
            (isWhole([.. run]) ? complete : torn).Add(run.Key);

        if (torn.Count > 0 || !EndsWithLine(path))
        {
            var beside = path + ".new";
            File.WriteAllLines(
                beside, lines.Where(line => !torn.Contains(line.Run)).Select(line => line.ToString()), new UTF8Encoding(false));
            File.Move(beside, path, overwrite: true);
        }

        return new(path, complete);
    }

    /// <summary>Whether the file holds a run as a whole.</summary>
    /// <param name="run">The run.</param>
    public bool Contains(RunKey run)
    {
        lock (_gate)
            return _complete.Contains(run);
    }

    /// <summary>Appends a run.</summary>
    /// <param name="lines">Its trials, from the first to the last.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Append(IReadOnlyList<TrialLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var text = new StringBuilder();
        foreach (var line in lines)
            text.Append(line).Append('\n');
        lock (_gate)
        {
            File.AppendAllText(_path, text.ToString(), new UTF8Encoding(false));
            _complete.Add(lines[0].Run);
        }
    }

    /// <summary>Reads all lines of a file.</summary>
    /// <param name="path">The file; blank lines count for nothing.</param>
    /// <exception cref="BenchmarkException">A line is no result line; the message names it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<TrialLine> Read(string path) => Read(path, mayBeTorn: false);

    private static List<TrialLine> Read(string path, bool mayBeTorn)
    {
        var (lines, number) = (new List<TrialLine>(), 0);
        var texts = File.ReadAllLines(path);
        foreach (var text in texts)
        {
            number++;
            if (string.IsNullOrWhiteSpace(text))
                continue;
            try
            {
                lines.Add(TrialLine.Parse(text));
            }
            catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
            {
                // What a killed process leaves at the end.
                if (mayBeTorn && number == texts.Length && exception is JsonException)
                    break;
                throw new BenchmarkException($"{path}, line {number}: {exception.Message}", exception);
            }
        }

        return lines;
    }

    private static bool EndsWithLine(string path)
    {
        using var stream = File.OpenRead(path);
        if (stream.Length == 0)
            return true;
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() == '\n';
    }
}
