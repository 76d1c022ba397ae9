using System.Reflection;
using System.Xml.Linq;

namespace Attune.Architecture.Tests;

/// <summary>The sources and project files that the tests read.</summary>
internal static class Repository
{
    internal static readonly string Root =
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "AttuneRoot").Value!;

    /// <summary>The project files of src, by the name of the project.</summary>
    internal static readonly IReadOnlyDictionary<string, XDocument> Projects = Directory
        .EnumerateDirectories(Path.Combine(Root, "src"))
        .Select(folder => Path.Combine(folder, Path.GetFileName(folder) + ".csproj")).Where(File.Exists)
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), XDocument.Load, StringComparer.Ordinal);

    // Libraries of benchmarks that the command line refers to.
    private static readonly Dictionary<string, XDocument> Benchmarks = ((string[])["Attune.Problems", "Attune.Comparison"])
        .ToDictionary(name => name, name => XDocument.Load(Path.Combine(Root, "benchmarks", name, name + ".csproj")), StringComparer.Ordinal);

    internal static IEnumerable<string> ProjectReferences(string project) => Includes(project, "ProjectReference")
        .Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    internal static IEnumerable<string> Packages(string project) => Includes(project, "PackageReference");

    /// <summary>All that a project refers to, directly or through others.</summary>
    internal static IReadOnlySet<string> Reach(string project)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(ProjectReferences(project));
        while (open.TryPop(out var next))
        {
            if (!found.Add(next))
                continue;
            foreach (var further in ProjectReferences(next))
                open.Push(further);
        }

        return found;
    }

    /// <summary>The source files of a project, as paths within it.</summary>
    internal static IEnumerable<(string Name, string Text)> Sources(string project) => SourcesIn("src/" + project);

    /// <summary>The source files below a folder of the repository, as paths within it, without what builds leave behind.</summary>
    internal static IEnumerable<(string Name, string Text)> SourcesIn(string path)
    {
        var folder = Path.Combine(Root, path);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(folder, file).Replace('\\', '/'), File: file))
            .Where(file => !$"/{file.Name}".Contains("/obj/", StringComparison.Ordinal)
                && !$"/{file.Name}".Contains("/bin/", StringComparison.Ordinal))
            .Select(file => (file.Name, File.ReadAllText(file.File)));
    }

    private static IEnumerable<string> Includes(string project, string element) => (Benchmarks.GetValueOrDefault(project) ?? Projects[project]).Descendants(element)
        .Where(reference => (string?)reference.Attribute("PrivateAssets") != "all").Select(reference => (string?)reference.Attribute("Include") ?? "");
}
