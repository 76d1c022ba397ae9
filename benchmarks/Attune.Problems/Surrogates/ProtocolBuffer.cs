using System.Buffers.Binary;

namespace Attune.Problems;

/// <summary>Reads the fields of a message in the protocol-buffer wire format.</summary>
/// <param name="data">The message.</param>
internal ref struct ProtocolBuffer(ReadOnlySpan<byte> data)
{
    private ReadOnlySpan<byte> _rest = data;

    /// <summary>The number of the field that was read last.</summary>
    internal int Field { get; private set; }

    /// <summary>Its bytes, when it is a text, a message or packed numbers.</summary>
    internal ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Its value, when it is a whole number.</summary>
    internal long Number { get; private set; }

    /// <summary>Its value, when it is a number of four bytes.</summary>
    internal float Single { get; private set; }

    /// <summary>Reads the next field.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidDataException">The bytes are no message.</exception>
    internal bool Next()
    {
        if (_rest.IsEmpty)
            return false;
        var key = Variable();
        Field = (int)(key >> 3);
        switch (key & 7)
        {
            case 0:
                Number = (long)Variable();
                break;
            case 1:
                Take(8);
                break;
            case 2:
                Bytes = Take(checked((int)Variable()));
                break;
            case 5:
                Single = BinaryPrimitives.ReadSingleLittleEndian(Take(4));
                break;
            default:
                throw new InvalidDataException($"A field of the wire type {key & 7} cannot be read.");
        }

        return true;
    }

    private ulong Variable()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(1)[0];
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
                return value;
        }

        throw new InvalidDataException("A number has more than ten bytes.");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _rest.Length)
            throw new InvalidDataException("The message ends in the middle of a field.");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
