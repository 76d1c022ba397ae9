using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Attune.Hosting;

/// <summary>Attune's version, the runtime and the instruction set, within which proposals are bit-exact.</summary>
public static class Fingerprint
{
    /// <summary>The fingerprint of this process, such as <c>attune 0.1.0; .NET 10.0.9; x64 v512</c>.</summary>
    public static string Current { get; } =
        $"attune {Version()}; {RuntimeInformation.FrameworkDescription}; {JsonWord(RuntimeInformation.ProcessArchitecture)} {Vectors()}";

    private static string Version() =>
        typeof(Fingerprint).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    private static string JsonWord(Architecture architecture) => Serialization.JsonNames.Of(architecture);

    private static string Vectors() => Vector512.IsHardwareAccelerated ? "v512" : Vector256.IsHardwareAccelerated ? "v256" : "v128";
}
