using Attune.Algorithms;
using Attune.Algorithms.Samplers;

namespace Attune.StudyFiles.Tests;

/// <summary>The registry that study files are checked against here.</summary>
internal static class TestMethods
{
    internal static MethodRegistry All { get; } = MethodRegistry.Default.Samplers.Any(sampler => sampler.Name == "gp-ucb")
        ? MethodRegistry.Default
        : MethodRegistry.Default.With(SamplerRegistration.Create(
            "gp-ucb", 1, "Stands for the sampler of that name.", (_, context) =>
                MethodRegistry.Default.CreateSampler(RandomSampler.Registration.Describe(), context)));

    internal static string SamplerNames { get; } = string.Join(", ", All.Samplers.Select(sampler => sampler.Name).Distinct());
}
