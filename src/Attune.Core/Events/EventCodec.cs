using System.Buffers;
using System.Text.Json;
using Attune.Journals;
using Attune.Serialization;

namespace Attune.Events;

/// <summary>
/// Turns payloads into JSON and back. Configurations are written by name and read within the space of their revision, so a codec
/// belongs to one study and must be shown the creation and every revision before what follows them (<see cref="Decode"/> does so by
/// itself). Not safe for several threads.
/// </summary>
public sealed partial class EventCodec
{
    /// <summary>The newest version of the payload format; every earlier one stays readable.</summary>
    public const int FormatVersion = 1;

    private readonly List<SearchSpace> _spaces = [];
    private readonly ArrayBufferWriter<byte> _buffer = new(256);
    private readonly Dictionary<string, MethodDescriptor> _methods = new(StringComparer.Ordinal);
    private readonly QuickEventReader _quick = new();
    private string _fingerprint = "";

    /// <summary>Takes note of a creation or a revision that this codec did not decode itself; ignores everything else.</summary>
    /// <param name="payload">A payload that is in the journal.</param>
    public void Accept(StudyEvent payload)
    {
        var space = payload switch
        {
            StudyCreated created => created.Definition.Problem.Space,
            SpaceRevised revised => revised.Space,
            _ => null,
        };
        if (space is null)
            return;
        _spaces.Add(space);
        _quick.Accept(space);
    }

    /// <summary>Writes a payload.</summary>
    /// <param name="payload">The payload.</param>
    public EncodedEvent Encode(StudyEvent payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        _buffer.ResetWrittenCount();
        string kind;
        using (var writer = new Utf8JsonWriter(_buffer, JsonElements.Readable))
        {
            writer.WriteStartObject();
            kind = Write(writer, payload);
            writer.WriteEndObject();
        }

        return new(kind, (payload as TrialEvent)?.Trial, _buffer.WrittenSpan.ToArray());
    }

    /// <summary>Reads a payload, and takes note of it when it is a creation or a revision.</summary>
    /// <param name="kind">The kind of event.</param>
    /// <param name="version">The version of its format.</param>
    /// <param name="trial">The trial that it happened to; null for none.</param>
    /// <param name="body">The JSON object in UTF-8.</param>
    /// <exception cref="JournalException">The format is newer than this version of Attune, or the body is damaged.</exception>
    public StudyEvent Decode(string kind, int version, int? trial, ReadOnlySpan<byte> body)
    {
        if (version > FormatVersion)
        {
            throw new JournalException(
                JournalFault.NewerFormat,
                $"An event of the kind '{kind}' has format {version}; this version of Attune reads up to {FormatVersion}. Update Attune.");
        }

        if (trial is { } number and >= 0 && _quick.Read(kind, number, body) is { } quick)
            return quick;
        try
        {
            using var document = JsonDocument.Parse(body.ToArray(), JsonElements.Deep);
            var payload = Read(kind, trial ?? -1, document.RootElement);
            if (payload is TrialEvent && trial is not >= 0)
                throw new JsonException("it does not say which trial it happened to.");
            Accept(payload);
            return payload;
        }
        catch (Exception exception) when (exception is JsonException or SpaceException or ProblemException or InvalidOperationException
            or KeyNotFoundException or FormatException or ArgumentException or OverflowException)
        {
            throw new JournalException(
                JournalFault.Damaged, $"An event of the kind '{kind}' cannot be read: {exception.Message} Restore the store from a copy.",
                exception);
        }
    }
}
