using System.Reflection;

namespace Attune.Problems;

/// <summary>Finds parts of a program that lie beside it because they are too large to be always with it: each folder within a folder holds
/// an assembly of the folder's name, whose public classes with a constructor without parameters are offered.</summary>
public static class Plugins
{
    /// <summary>Where plug-ins lie beside this program.</summary>
    public static string DefaultFolder => Path.Combine(AppContext.BaseDirectory, "plugins");

    /// <summary>The problems of this assembly, then those of plug-ins.</summary>
    /// <param name="folder">The folder of plug-ins; it need not exist.</param>
    /// <exception cref="BenchmarkException">A plug-in cannot be loaded.</exception>
    public static IProblemSource OpenProblems(string folder)
    {
        IReadOnlyList<IProblemSource> sources = [new ProblemCatalog(), .. Load<IProblemSource>(folder)];
        return sources.Count == 1 ? sources[0] : new CombinedSource(sources);
    }

    /// <summary>Makes what plug-ins offer of a kind.</summary>
    /// <typeparam name="T">The contract.</typeparam>
    /// <param name="folder">The folder of plug-ins; it need not exist.</param>
    /// <exception cref="BenchmarkException">A plug-in cannot be loaded.</exception>
    public static IReadOnlyList<T> Load<T>(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
            .SelectMany(plugin => LoadFrom<T>(Path.Combine(plugin, Path.GetFileName(plugin) + ".dll")))]
        : [];

    private static IEnumerable<T> LoadFrom<T>(string path)
    {
        try
        {
            return [.. new PluginLoadContext(path).LoadFromAssemblyPath(path).GetExportedTypes()
                .Where(type => typeof(T).IsAssignableFrom(type) && type is { IsAbstract: false } && type.GetConstructor([]) is not null)
                .Select(type => (T)Activator.CreateInstance(type)!)];
        }
        catch (Exception exception) when (exception is IOException or BadImageFormatException or ReflectionTypeLoadException
            or TypeLoadException or TargetInvocationException or InvalidOperationException)
        {
            throw new BenchmarkException($"The plug-in {path} cannot be loaded: {exception.Message}", exception);
        }
    }
}
