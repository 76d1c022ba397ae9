using Attune.Algorithms;

namespace Attune.StudyFiles.Tests;

/// <summary>The registry that study files are checked against here.</summary>
internal static class TestMethods
{
    internal static MethodRegistry All => MethodRegistry.Default;

    internal static string SamplerNames { get; } = string.Join(", ", All.Samplers.Select(sampler => sampler.Name).Distinct());

    internal static string SchedulerNames { get; } = string.Join(", ", All.Schedulers.Select(scheduler => scheduler.Name).Distinct());
}
