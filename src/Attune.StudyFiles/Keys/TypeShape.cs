using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Keys;

/// <summary>The type of a parameter, with a suggestion for the words that other tools use.</summary>
internal sealed class TypeShape() : WordShape("float", "int", "bool", "categorical", "ordinal")
{
    internal override string? Suggest(YamlScalar scalar) => Synonym(scalar.Text) ?? base.Suggest(scalar);

    /// <summary>The type that another tool's word stands for.</summary>
    internal static string? Synonym(string word) => word.ToUpperInvariant() switch
    {
        "INTEGER" or "RANDINT" or "LONG" => "int",
        "NUMBER" or "REAL" or "DOUBLE" or "UNIFORM" or "LOGUNIFORM" or "CONTINUOUS" => "float",
        "BOOLEAN" => "bool",
        "CHOICE" or "CHOICES" or "CATEGORY" or "ENUM" => "categorical",
        "ORDERED" => "ordinal",
        _ => null,
    };
}
