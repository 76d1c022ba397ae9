using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Attune.Serialization;

/// <summary>Canonical JSON of problems.</summary>
public static class ProblemJson
{
    /// <summary>A problem as canonical JSON text: equal problems give equal texts.</summary>
    /// <param name="problem">The problem.</param>
    public static string ToText(Problem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer))
            DefinitionJson.WriteProblem(writer, problem);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
