namespace Attune.Cli.Terminals;

/// <summary>Everything that a command sees of the world outside: streams, environment, working folder, clock. Tests give their
/// own.</summary>
internal sealed record Terminal
{
    /// <summary>Results; not flushed by itself.</summary>
    internal required TextWriter Out { get; init; }

    /// <summary>Errors and questions.</summary>
    internal required TextWriter Error { get; init; }

    /// <summary>Answers of a person.</summary>
    internal required TextReader In { get; init; }

    /// <summary>The working folder; absolute.</summary>
    internal required string Folder { get; init; }

    /// <summary>A variable of the environment; null when it is not set.</summary>
    internal required Func<string, string?> Variable { get; init; }

    /// <summary>Whether a person sees the output at once.</summary>
    internal bool IsOutputInteractive { get; init; }

    /// <summary>Whether a person can answer.</summary>
    internal bool IsInputInteractive { get; init; }

    /// <summary>Columns of the screen; 0 when there is none or it is unknown. It may change.</summary>
    internal Func<int> Width { get; init; } = static () => 0;

    /// <summary>The clock.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Begins to catch the signals that ask for an end; null where nobody sends any.</summary>
    internal Func<Interruption>? CatchSignals { get; init; }

    /// <summary>Whether the screen can redraw lines.</summary>
    internal bool CanRedraw => IsOutputInteractive && Variable("TERM") is not "dumb" && Width() >= 60;

    /// <summary>Whether colours are wanted (https://no-color.org).</summary>
    internal bool HasColor => string.IsNullOrEmpty(Variable("NO_COLOR"));

    /// <summary>The absolute form of a path that a person gave.</summary>
    internal string PathOf(string path) => Path.GetFullPath(path, Folder);

    /// <summary>A path as a person reads it: relative where it lies in the working folder.</summary>
    internal string Display(string path)
    {
        var relative = Path.GetRelativePath(Folder, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
