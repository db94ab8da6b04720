using System.Text;
using System.Text.Json;
using DerChain.Chain.Primitives;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Blocks;

/// <summary>Reads JSON objects property by property. After the first error nothing more is read: values are empty and objects end.</summary>
/// <remarks>What is not JSON at all is a <see cref="JsonException"/>, text that is not Unicode an <see cref="InvalidOperationException"/>, of the
/// library that reads it; <see cref="GenesisJsonReader.Read"/> answers for both.</remarks>
internal ref struct JsonFields(ReadOnlySpan<byte> json)
{
    private const int MaxNumberLength = 2 + 2 * UInt256.Length;

    private Utf8JsonReader _reader = new(json);

    /// <summary>Valid, or the first error.</summary>
    public ValidationResult Result { get; private set; }

    /// <summary>True where the present value is null.</summary>
    public readonly bool IsNull => _reader.TokenType == JsonTokenType.Null;

    /// <summary>Goes to the value of the whole text, which must be an object.</summary>
    public void Start()
    {
        _reader.Read();
        RequireObject("The file");
    }

    /// <summary>Fails where the present value is not an object.</summary>
    public void RequireObject(string field)
    {
        if (_reader.TokenType != JsonTokenType.StartObject)
            FailKind(field, "an object");
    }

    /// <summary>Fails where text follows the object that was read.</summary>
    public void RequireEnd()
    {
        if (Result.IsValid)
            _reader.Read();
    }

    /// <summary>Goes to the value of the next property of the present object.</summary>
    /// <returns>False at the end of the object, and after an error.</returns>
    public bool Next(out string name)
    {
        name = "";
        if (!Result.IsValid || !_reader.Read() || _reader.TokenType == JsonTokenType.EndObject)
            return false;

        name = _reader.GetString()!;
        return _reader.Read();
    }

    /// <summary>Leaves the present value unread.</summary>
    public void Skip() => _reader.Skip();

    /// <summary>The present value as a number of 64 bits.</summary>
    public ulong ReadUInt64(string field)
    {
        UInt256 value = ReadUInt256(field);
        if (value.IsUInt64)
            return (ulong)value;

        Fail(ChainError.InvalidGenesis, $"{field} is {value}, above 2^64 - 1.");
        return 0;
    }

    /// <summary>The present value as a number of 256 bits: a JSON number, a decimal string, or a hexadecimal one after <c>0x</c>; empty text is 0.</summary>
    public UInt256 ReadUInt256(string field)
    {
        bool isNumber = _reader.TokenType == JsonTokenType.Number;
        if (!isNumber && _reader.TokenType != JsonTokenType.String)
        {
            FailKind(field, "a number");
            return default;
        }

        string text = isNumber ? Encoding.ASCII.GetString(_reader.ValueSpan) : _reader.GetString()!;
        if (!UInt256.TryParse(text, out UInt256 value) && text.Length > 0)
            FailValue(field, text, "an unsigned number of at most 256 bits");

        return value;
    }

    /// <summary>The present value as bytes: hexadecimal text, with or without <c>0x</c>.</summary>
    public byte[] ReadBytes(string field)
    {
        string text = Text(field);
        if (!Hex.TryParse(text, out byte[] bytes))
            FailValue(field, text, "whole bytes of hexadecimal digits");

        return bytes;
    }

    /// <summary>The present value as 32 bytes; shorter ones are filled with zeros on the left.</summary>
    public Hash256 ReadPaddedHash(string field)
    {
        string text = Text(field);
        if (!TryParsePadded(text, out Hash256 hash))
            FailValue(field, text, "at most 32 whole bytes of hexadecimal digits");

        return hash;
    }

    /// <summary>The present value as 32 bytes.</summary>
    public Hash256 ReadHash(string field)
    {
        string text = Text(field);
        if (!Hash256.TryParse(text, out Hash256 hash))
            FailValue(field, text, "32 bytes of hexadecimal digits");

        return hash;
    }

    /// <summary>The present value as an address.</summary>
    public Address ReadAddress(string field)
    {
        string text = Text(field);
        if (!Address.TryParse(text, out Address address))
            FailValue(field, text, "an address");

        return address;
    }

    /// <summary>The present value as true or false.</summary>
    public bool ReadBoolean(string field)
    {
        if (_reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
            FailKind(field, "true or false");

        return _reader.TokenType == JsonTokenType.True;
    }

    /// <summary>Reads text of at most 32 whole bytes, filled with zeros on the left.</summary>
    public static bool TryParsePadded(string text, out Hash256 hash)
    {
        hash = default;
        if (text.Length > MaxNumberLength || !Hex.TryParse(text, out byte[] bytes) || bytes.Length > Hash256.Length)
            return false;

        Span<byte> padded = stackalloc byte[Hash256.Length];
        padded.Clear();
        bytes.CopyTo(padded[(Hash256.Length - bytes.Length)..]);
        hash = Hash256.FromBytes(padded);
        return true;
    }

    /// <summary>Records an error, unless there was one before.</summary>
    public void Fail(ChainError error, string message)
    {
        if (Result.IsValid)
            Result = ValidationResult.Fail(error, message);
    }

    /// <summary>Records that a field has text that is not what it should be.</summary>
    public void FailValue(string field, string text, string wanted) =>
        Fail(ChainError.InvalidGenesis, $"{field} is '{(text.Length <= 80 ? text : text[..80] + "…")}', not {wanted}.");

    private string Text(string field)
    {
        if (_reader.TokenType == JsonTokenType.String)
            return _reader.GetString()!;

        FailKind(field, "text");
        return "";
    }

    private void FailKind(string field, string wanted) => Fail(ChainError.InvalidGenesis, $"{field} is not {wanted}.");
}
