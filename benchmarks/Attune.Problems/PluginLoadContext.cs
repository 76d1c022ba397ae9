using System.Reflection;
using System.Runtime.Loader;

namespace Attune.Problems;

/// <summary>Loads a plug-in with its own dependencies; what the program has itself is shared.</summary>
/// <param name="assembly">The path of the plug-in's assembly.</param>
internal sealed class PluginLoadContext(string assembly) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(assembly))
{
    private readonly AssemblyDependencyResolver _resolver = new(assembly);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // The contracts must be the same types on both sides.
        if (assemblyName.Name?.StartsWith("Attune", StringComparison.Ordinal) == true)
            return null;
        return _resolver.ResolveAssemblyToPath(assemblyName) is { } path ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
        _resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } path ? LoadUnmanagedDllFromPath(path) : nint.Zero;
}
