using System.Text;

namespace Attune.Sqlite.Connections;

/// <summary>Turns the few names that a million rows repeat (kinds, writers) into one string each.</summary>
internal sealed class Utf8Names
{
    private const int Limit = 32;

    private readonly List<(byte[] Utf8, string Text)> _known = [];

    internal string Get(ReadOnlySpan<byte> utf8)
    {
        foreach (var (known, text) in _known)
        {
            if (utf8.SequenceEqual(known))
                return text;
        }

        var added = (Utf8: utf8.ToArray(), Text: Encoding.UTF8.GetString(utf8));
        if (_known.Count == Limit)
            _known.RemoveAt(0);
        _known.Add(added);
        return added.Text;
    }
}
