using Attune.Processes.Tests;

if (args is ["worker", var path, var mode])
    return await Worker.RunAsync(path, mode);
return args.Any(static arg => arg is "-automated" or "@@")
    ? await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args)
    : await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
