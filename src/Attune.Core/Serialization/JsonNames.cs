using System.Text.Json;

namespace Attune.Serialization;

/// <summary>Enumerations as lower-case words with hyphens, as journals and faces write them.</summary>
public static class JsonNames
{
    /// <summary>The word for a value, such as <c>at-full-fidelity</c>.</summary>
    /// <typeparam name="T">An enumeration.</typeparam>
    /// <param name="value">A defined value.</param>
    public static string Of<T>(T value)
        where T : struct, Enum => Names<T>.ToWord.TryGetValue(value, out var word)
            ? word
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"Not a value of {typeof(T).Name}.");

    /// <summary>The value for a word.</summary>
    /// <typeparam name="T">An enumeration.</typeparam>
    /// <param name="word">A word that <see cref="Of"/> gives.</param>
    /// <exception cref="JsonException">The word is unknown; the message lists the known ones.</exception>
    public static T Parse<T>(string word)
        where T : struct, Enum => Names<T>.FromWord.TryGetValue(word, out var value)
            ? value
            : throw new JsonException($"'{word}' is unknown; allowed are {string.Join(", ", Names<T>.FromWord.Keys)}.");

    private static class Names<T>
        where T : struct, Enum
    {
        internal static readonly Dictionary<T, string> ToWord =
            Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));

        internal static readonly Dictionary<string, T> FromWord = ToWord
            .ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
