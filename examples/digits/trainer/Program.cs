using Digits.Trainer;

return Trainer.Run(args, Console.Out, Console.Error);
