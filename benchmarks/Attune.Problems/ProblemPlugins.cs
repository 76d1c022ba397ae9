using System.Reflection;

namespace Attune.Problems;

/// <summary>Finds problems that lie beside a program: each folder within a folder holds an assembly of the folder's name, with public classes
/// that implement <see cref="IProblemSource"/> and have a constructor without parameters.</summary>
public static class ProblemPlugins
{
    /// <summary>Where plug-ins lie beside this program.</summary>
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "problems");

    /// <summary>The problems of this assembly, then those of plug-ins.</summary>
    /// <param name="folder">The folder of plug-ins; it need not exist.</param>
    /// <exception cref="BenchmarkException">A plug-in cannot be loaded.</exception>
    public static IProblemSource OpenAll(string folder)
    {
        var sources = new List<IProblemSource> { new ProblemCatalog() };
        if (Directory.Exists(folder))
        {
            foreach (var plugin in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
                sources.AddRange(Load(Path.Combine(plugin, Path.GetFileName(plugin) + ".dll")));
        }

        return sources.Count == 1 ? sources[0] : new CombinedSource(sources);
    }

    private static IEnumerable<IProblemSource> Load(string path)
    {
        try
        {
            return [.. new PluginLoadContext(path).LoadFromAssemblyPath(path).GetExportedTypes()
                .Where(type => typeof(IProblemSource).IsAssignableFrom(type) && type is { IsAbstract: false } && type.GetConstructor([]) is not null)
                .Select(type => (IProblemSource)Activator.CreateInstance(type)!)];
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or ReflectionTypeLoadException
            or TypeLoadException or TargetInvocationException or InvalidOperationException)
        {
            throw new BenchmarkException($"The problems in {path} cannot be loaded: {exception.Message}", exception);
        }
    }
}
