using Digits.InProcess;

using var cancelling = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    cancelling.Cancel();
};

var sampler = args.Length > 0 ? args[0] : "auto";
await Tuning.RunAsync(sampler, trials: 40, "digits-inprocess.db", Console.Out, cancelling.Token);
