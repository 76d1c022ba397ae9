using Attune.Cli;
using Attune.Cli.Terminals;

return await CommandLine.RunAsync(args, SystemTerminal.Open());
