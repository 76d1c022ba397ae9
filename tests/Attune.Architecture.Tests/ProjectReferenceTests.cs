namespace Attune.Architecture.Tests;

/// <summary>Compile-time references go only from lower rooms to upper rooms.</summary>
public sealed class ProjectReferenceTests
{
    // The rooms of the design, top to bottom, with what each may refer to. A room may also reach all that these reach.
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Attune.Numerics"] = [],
        ["Attune.Core"] = ["Attune.Numerics"],
        ["Attune.Algorithms"] = ["Attune.Core", "Attune.Numerics"],
        ["Attune.Runtime"] = ["Attune.Core"],
        ["Attune.Sqlite"] = ["Attune.Core"],
        ["Attune.PostgreSql"] = ["Attune.Core"],
        ["Attune"] = ["Attune.Numerics", "Attune.Core", "Attune.Algorithms", "Attune.Runtime", "Attune.Sqlite"],
        ["Attune.StudyFiles"] = ["Attune"],
        ["Attune.Analysis"] = ["Attune"],
        ["Attune.Gradients"] = ["Attune"],
        ["Attune.Learning"] = ["Attune"],
        ["Attune.Server"] = ["Attune.StudyFiles", "Attune.Analysis", "Attune.PostgreSql"],
        ["Attune.Problems"] = ["Attune.Core"],
        ["Attune.Comparison"] = ["Attune", "Attune.Problems"],
        ["Attune.Cli"] =
            ["Attune", "Attune.StudyFiles", "Attune.Analysis", "Attune.Sqlite", "Attune.PostgreSql", "Attune.Server", "Attune.Comparison"],
        ["Attune.Testing"] = ["Attune.Core", "Attune.Runtime"],
    };

    private static readonly string[] HeavyPackages = ["Microsoft.ML", "TorchSharp", "libtorch"];

    public static TheoryData<string> Projects => [.. Repository.Projects.Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void Allowed_IsADirectedAcyclicOrder()
    {
        var above = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (room, references) in Allowed)
        {
            Assert.All(references, reference => Assert.Contains(reference, above));
            above.Add(room);
        }
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectReferences_OfEveryRoom_AreAmongTheAllowedOnes(string project)
    {
        Assert.True(Allowed.TryGetValue(project, out var allowed), $"{project} is a new room: say in the table what it may refer to.");
        Assert.Subset(allowed.ToHashSet(), Repository.ProjectReferences(project).ToHashSet());
        Assert.Subset(AllowedReach(project), Repository.Reach(project).ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Packages_OfEveryRoomButLearningAndGradients_HoldNoLearningLibrary(string project)
    {
        if (project is "Attune.Learning" or "Attune.Gradients")
            return;
        foreach (var room in Repository.Reach(project).Append(project))
            Assert.DoesNotContain(Repository.Packages(room), package => HeavyPackages.Any(heavy => package.StartsWith(heavy, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public void Reach_OfTheCommandLine_HoldsNeitherGradientsNorLearning() =>
        Assert.Empty(Repository.Reach("Attune.Cli").Intersect(["Attune.Gradients", "Attune.Learning", "Attune.Testing"]));

    [Fact]
    public void Packages_OfTheFoundation_AreNoneButTensors()
    {
        foreach (var room in (string[])["Attune.Numerics", "Attune.Core", "Attune.Algorithms", "Attune.Runtime"])
            Assert.All(Repository.Packages(room), package => Assert.Equal("System.Numerics.Tensors", package));
    }

    private static HashSet<string> AllowedReach(string project)
    {
        var reach = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reference in Allowed[project])
        {
            reach.Add(reference);
            reach.UnionWith(AllowedReach(reference));
        }

        return reach;
    }
}
