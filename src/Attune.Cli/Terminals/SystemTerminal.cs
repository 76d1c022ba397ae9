using System.Text;

namespace Attune.Cli.Terminals;

/// <summary>The terminal that this process was started in.</summary>
internal static class SystemTerminal
{
    internal static Terminal Open()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new()
        {
            // Console.Out would load the description of the terminal, which costs time at every start.
            Out = new StreamWriter(Console.OpenStandardOutput(), utf8, 8192),
            Error = new StreamWriter(Console.OpenStandardError(), utf8, 256) { AutoFlush = true },
            In = new StreamReader(Console.OpenStandardInput(), utf8),
            Folder = Environment.CurrentDirectory,
            Variable = Environment.GetEnvironmentVariable,
            IsOutputInteractive = !Console.IsOutputRedirected,
            IsInputInteractive = !Console.IsInputRedirected,
            Width = WidthOfScreen,
            CatchSignals = Interruption.OfProcess,
        };
    }

    private static int WidthOfScreen()
    {
        try
        {
            return Console.IsOutputRedirected ? 0 : Console.WindowWidth;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
