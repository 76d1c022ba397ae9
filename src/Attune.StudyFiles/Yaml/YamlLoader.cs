using Attune.StudyFiles.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Attune.StudyFiles.Yaml;

/// <summary>Builds nodes with places from the events of the YAML parser, within limits that no hand-written study file meets.</summary>
internal sealed class YamlLoader
{
    /// <summary>The deepest nesting, aliases written out.</summary>
    internal const int DeepestNesting = 50;

    /// <summary>The most values, aliases written out.</summary>
    internal const int MostNodes = 100_000;

    private readonly YamlSource _source;
    private readonly MistakeList _mistakes;
    private readonly Parser _parser;
    private readonly Dictionary<string, YamlNode?> _anchors = new(StringComparer.Ordinal);
    private long _size;

    private YamlLoader(YamlSource source, MistakeList mistakes)
    {
        _source = source;
        _mistakes = mistakes;
        _parser = new Parser(new Scanner(new StringReader(source.Text), skipComments: true));
    }

    private ParsingEvent Current => _parser.Current!;

    /// <summary>Reads the only document of a text; null when it is empty.</summary>
    /// <exception cref="YamlTextException">The text is not YAML, or too much of it.</exception>
    internal static YamlNode? Load(YamlSource source, MistakeList mistakes) => new YamlLoader(source, mistakes).Load();

    private YamlNode? Load()
    {
        Next();
        Next();
        if (Current is StreamEnd)
            return null;
        Next();
        var root = ReadNode(1);
        Next();
        if (Current is not StreamEnd)
            throw new YamlTextException(Place(Current.Start), "A second document begins here; a study file holds one study.");
        return root is YamlScalar { IsNull: true } ? null : root;
    }

    /// <summary>Reads the node whose first event is the current one, and goes on to the event after it.</summary>
    private YamlNode ReadNode(int depth)
    {
        if (depth > DeepestNesting)
            throw TooDeep(Current.Start);
        if (++_size > MostNodes)
            throw TooMany(Current.Start);
        if (Current is AnchorAlias alias)
            return ReadAlias(alias, depth);
        var anchor = Current is NodeEvent { Anchor: { IsEmpty: false } name } ? name.Value : null;
        if (anchor is not null)
            _anchors[anchor] = null;
        YamlNode node = Current switch
        {
            Scalar scalar => ReadScalar(scalar),
            SequenceStart start => ReadList(start, depth),
            MappingStart start => ReadMap(start, depth),
            _ => throw new YamlTextException(Place(Current.Start), "A value is missing here."),
        };
        if (anchor is not null)
            _anchors[anchor] = node;
        return node;
    }

    private YamlNode ReadAlias(AnchorAlias alias, int depth)
    {
        var name = alias.Value.Value;
        if (!_anchors.TryGetValue(name, out var node))
        {
            throw new YamlTextException(
                Place(alias.Start),
                $"*{name} refers to an anchor &{name} that is not defined above; a text that begins with * must stand in quotes.");
        }

        if (node is null)
            throw new YamlTextException(Place(alias.Start), $"*{name} stands inside the value that it refers to.");
        if (depth + node.Height - 1 > DeepestNesting)
            throw TooDeep(alias.Start);
        _size += node.Size - 1;
        if (_size > MostNodes)
            throw TooMany(alias.Start);
        Next();
        return node;
    }

    private YamlScalar ReadScalar(Scalar scalar)
    {
        var isText = CheckTag(scalar);
        var span = new YamlSpan((int)Math.Min(scalar.Start.Index, _source.Text.Length),
            (int)Math.Min(scalar.End.Index, _source.Text.Length));
        var node = new YamlScalar(Place(scalar.Start), scalar.Value, scalar.Style == ScalarStyle.Plain && !isText, span);
        Next();
        return node;
    }

    private YamlList ReadList(SequenceStart start, int depth)
    {
        CheckTag(start);
        var items = new List<YamlNode>();
        Next();
        while (Current is not SequenceEnd)
            items.Add(ReadNode(depth + 1));
        Next();
        return new(Place(start.Start), items);
    }

    private YamlMap ReadMap(MappingStart start, int depth)
    {
        CheckTag(start);
        var entries = new List<YamlEntry>();
        var seen = new Dictionary<string, YamlPlace>(StringComparer.Ordinal);
        Next();
        while (Current is not MappingEnd)
        {
            var place = Place(Current.Start);
            var key = ReadNode(depth + 1) as YamlScalar
                ?? throw new YamlTextException(place, "A key must be a single word; a text that begins with { or [ must stand in quotes.");
            var value = ReadNode(depth + 1);
            if (seen.TryAdd(key.Text, key.Place))
                entries.Add(new(key, value));
            else
                _mistakes.Add(key.Place, key.Text,
                    FormattableString.Invariant($"stands twice, first in line {seen[key.Text].Line}; keep one."));
        }

        Next();
        return new(Place(start.Start), entries, start.Style == MappingStyle.Flow);
    }

    /// <summary>Whether a tag makes a plain scalar a text.</summary>
    private bool CheckTag(NodeEvent node)
    {
        if (node.Tag.IsEmpty)
            return false;
        var tag = node.Tag.IsNonSpecific ? "!" : node.Tag.Value;
        if (tag is "!" or "tag:yaml.org,2002:str")
            return true;
        if (tag is not ("tag:yaml.org,2002:seq" or "tag:yaml.org,2002:map" or "tag:yaml.org,2002:int" or "tag:yaml.org,2002:float"
            or "tag:yaml.org,2002:bool" or "tag:yaml.org,2002:null"))
            _mistakes.Add(Place(node.Start), "",
                $"The tag {YamlScalar.Shorten(tag)} means nothing in a study file; leave it out, "
                + "or put a text that begins with ! in quotes.");
        return false;
    }

    private void Next()
    {
        try
        {
            _parser.MoveNext();
        }
        catch (YamlException exception)
        {
            throw SyntaxHints.Explain(_source, Place(exception.Start), Place(exception.End), exception.Message);
        }
        catch (Exception exception) when (
            exception is InvalidOperationException or ArgumentException or FormatException or IndexOutOfRangeException
            or OverflowException or NullReferenceException or KeyNotFoundException)
        {
            // The parser meets some malformed texts with exceptions of its own insides; none of them is worth the program's end.
            var place = _parser.Current is { } last ? Place(last.End) : YamlPlace.Start;
            throw SyntaxHints.Explain(_source, place, place, "");
        }
    }

    private static YamlPlace Place(Mark mark) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    private static YamlTextException TooDeep(Mark mark) =>
        new(Place(mark), FormattableString.Invariant(
            $"Values are nested more than {DeepestNesting} levels deep; a study file needs a few."));

    private static YamlTextException TooMany(Mark mark) =>
        new(Place(mark), FormattableString.Invariant($"There are more than {MostNodes} values (aliases count as what they stand for)."));
}
