using Attune.Cli.Terminals;

namespace Attune.Cli.Running;

/// <summary>Chooses the display that fits where the output goes.</summary>
internal static class RunDisplays
{
    internal static IRunDisplay Create(Terminal terminal, RunBoard board, int parallelism, bool isQuiet, bool isJson)
    {
        if (isJson)
            return new WaitingNotes(new JsonDisplay(terminal), board, terminal.Clock);
        if (isQuiet)
            return new QuietDisplay(terminal);
        return terminal.CanRedraw ? Live(terminal, board)
            : new WaitingNotes(new PlainDisplay(terminal, board, parallelism), board, terminal.Clock);
    }

    // Apart, so that nothing else loads the library that draws.
    private static LiveDisplay Live(Terminal terminal, RunBoard board) => new(terminal, board);
}
