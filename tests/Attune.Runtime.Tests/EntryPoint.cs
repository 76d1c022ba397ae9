using Attune.Runtime.Tests.Execution;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Attune.Runtime.Tests;

/// <summary>Runs the tests, or, when a test asks for it by a variable, plays a worker that is going to be killed.</summary>
internal static class EntryPoint
{
    public static async Task<int> Main(string[] arguments)
    {
        if (await StudyVictim.PlayIfAskedAsync())
            return 0;

        // The same as the entry point that the test framework would generate.
        return arguments.Contains("-automated") || arguments.Contains("@@")
            ? await ConsoleRunner.Run(arguments)
            : await TestPlatformTestFramework.RunAsync(arguments, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
    }
}
