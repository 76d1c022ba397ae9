using System.Text;

namespace Attune.StudyFiles.Yaml;

/// <summary>The text of a file, by which indices become places.</summary>
internal sealed class YamlSource
{
    /// <summary>The largest file, in bytes: far beyond what a person writes, small enough to read at once.</summary>
    internal const int LargestFile = 1 << 20;

    private readonly List<int> _lines = [0];

    internal YamlSource(string text)
    {
        Text = text;
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\n' || (text[index] == '\r' && !(index + 1 < text.Length && text[index + 1] == '\n')))
                _lines.Add(index + 1);
        }
    }

    internal string Text { get; }

    internal int LineCount => _lines.Count;

    /// <summary>Decodes UTF-8, and UTF-16 or UTF-32 that say so by their byte order mark.</summary>
    /// <exception cref="YamlTextException">The bytes are no text.</exception>
    internal static YamlSource Decode(byte[] bytes)
    {
        if (bytes.Length > LargestFile)
            throw TooLarge();
        var text = bytes switch
        {
            [0xFF, 0xFE, 0, 0, ..] =>
                Decode(new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true), bytes, 4),
            [0, 0, 0xFE, 0xFF, ..] =>
                Decode(new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true), bytes, 4),
            [0xFF, 0xFE, ..] => Decode(new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true), bytes, 2),
            [0xFE, 0xFF, ..] => Decode(new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true), bytes, 2),
            [0xEF, 0xBB, 0xBF, ..] => DecodeUtf8(bytes, 3),
            _ => DecodeUtf8(bytes, 0),
        };
        return FromText(text);
    }

    /// <summary>Takes a text and refuses what no text file holds.</summary>
    /// <exception cref="YamlTextException">The text is too long or holds control characters.</exception>
    internal static YamlSource FromText(string text)
    {
        if (text.Length > LargestFile)
            throw TooLarge();
        var source = new YamlSource(text.TrimStart('\uFEFF'));
        for (var index = 0; index < source.Text.Length; index++)
        {
            var letter = source.Text[index];
            if (char.IsSurrogate(letter) && !IsPair(source.Text, index))
                throw new YamlTextException(source.PlaceOf(index), "Half a surrogate pair is no character; is this really a study file?");
            if (char.IsControl(letter) && letter is not ('\t' or '\n' or '\r' or '\u0085'))
            {
                throw new YamlTextException(source.PlaceOf(index), FormattableString.Invariant(
                    $"The character U+{(int)letter:X4} cannot stand in a text file; is this really a study file?"));
            }
        }

        return source;
    }

    internal YamlPlace PlaceOf(int index)
    {
        var line = _lines.BinarySearch(index);
        if (line < 0)
            line = ~line - 1;
        return new(line + 1, index - _lines[line] + 1);
    }

    /// <summary>The place of a character of a value; the place of the value where escapes or folded lines hide it.</summary>
    internal YamlPlace PlaceIn(YamlScalar scalar, int offset)
    {
        var start = scalar.Span.Start + (scalar.IsPlain ? 0 : 1);
        return start + scalar.Text.Length <= Text.Length && string.CompareOrdinal(Text, start, scalar.Text, 0, scalar.Text.Length) == 0
            ? PlaceOf(start + Math.Min(offset, scalar.Text.Length))
            : scalar.Place;
    }

    /// <summary>
    /// The place of the n-th occurrence (from 0) of a word in a value as it is written; the place of the value when there is none.
    /// </summary>
    internal YamlPlace PlaceOfWord(YamlScalar scalar, string word, int occurrence)
    {
        var index = scalar.Span.Start - 1;
        for (var seen = 0; seen <= occurrence; seen++)
        {
            var from = index + 1;
            index = from < scalar.Span.End ? Text.IndexOf(word, from, scalar.Span.End - from, StringComparison.Ordinal) : -1;
            if (index < 0)
                return scalar.Place;
        }

        return PlaceOf(index);
    }

    /// <summary>The text of a line without its end; empty beyond the last.</summary>
    internal string Line(int number)
    {
        if (number < 1 || number > _lines.Count)
            return "";
        var end = number < _lines.Count ? _lines[number] : Text.Length;
        return Text[_lines[number - 1]..end].TrimEnd('\r', '\n');
    }

    private static bool IsPair(string text, int index) => char.IsHighSurrogate(text[index])
        ? index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
        : index > 0 && char.IsHighSurrogate(text[index - 1]);

    private static string DecodeUtf8(byte[] bytes, int start)
    {
        try
        {
            return Decode(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), bytes, start);
        }
        catch (YamlTextException)
        {
            var valid = ValidPrefix(bytes, start);
            var before = new YamlSource(Encoding.UTF8.GetString(bytes, start, valid - start));
            throw new YamlTextException(before.PlaceOf(before.Text.Length), FormattableString.Invariant(
                $"The byte {bytes[valid]:X2} is not UTF-8; save the file in the encoding UTF-8."));
        }
    }

    private static int ValidPrefix(byte[] bytes, int start)
    {
        var index = start;
        while (index < bytes.Length
            && Rune.DecodeFromUtf8(bytes.AsSpan(index), out _, out var length) == System.Buffers.OperationStatus.Done)
            index += length;
        return Math.Min(index, bytes.Length - 1);
    }

    private static string Decode(Encoding encoding, byte[] bytes, int start)
    {
        try
        {
            return encoding.GetString(bytes, start, bytes.Length - start);
        }
        catch (ArgumentException)
        {
            throw new YamlTextException(YamlPlace.Start,
                $"The file is not valid {encoding.WebName.ToUpperInvariant()}; save it in the encoding UTF-8.");
        }
    }

    private static YamlTextException TooLarge() => new(YamlPlace.Start, "The file is larger than 1 MiB; is this really a study file?");
}
