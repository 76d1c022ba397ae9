using System.Globalization;
using AskTell;

var most = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : int.MaxValue;
await Session.RunAsync("auto", most, "ask-tell.db", Console.Out);
