using System.Collections.Immutable;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;
using DerChain.Chain.Validation;

namespace DerChain.Chain.Transactions;

/// <summary>Bytes of transactions: legacy with EIP-155, EIP-2930 and EIP-1559, in the envelope of EIP-2718. Decoding is strict: one value, one encoding.</summary>
public static class TransactionCodec
{
    /// <summary>Largest chain id that fits the v of EIP-155 in 64 bits.</summary>
    public const ulong MaxChainId = (ulong.MaxValue - 36) / 2;

    private const ulong UnprotectedV = 27;
    private const ulong ProtectedV = 35;

    /// <summary>Reads the canonical encoding of a transaction.</summary>
    /// <param name="encoded">The bytes; they are kept, not copied.</param>
    /// <param name="transaction">The transaction, or null where the result is not valid.</param>
    public static ValidationResult TryDecode(ReadOnlyMemory<byte> encoded, out Transaction? transaction) =>
        TryDecodeHashed(encoded, Keccak256.Hash(encoded.Span), out transaction);

    /// <summary>Reads the canonical encoding of a transaction whose hash is known.</summary>
    internal static ValidationResult TryDecodeHashed(ReadOnlyMemory<byte> encoded, Hash256 hash, out Transaction? transaction)
    {
        transaction = null;
        ReadOnlySpan<byte> bytes = encoded.Span;
        if (bytes.IsEmpty)
            return Malformed(RlpError.UnexpectedEnd);

        TransactionType type = bytes[0] >= 0xc0 ? TransactionType.Legacy : (TransactionType)bytes[0];
        if (bytes[0] < 0xc0 && type is not (TransactionType.AccessList or TransactionType.DynamicFee))
            return ValidationResult.Fail(ChainError.UnsupportedTransactionType, $"Transaction type {bytes[0]} is not 0, 1 or 2.");

        var outer = new RlpReader(type == TransactionType.Legacy ? bytes : bytes[1..]);
        RlpReader fields = outer.ReadList();
        UnsignedTransaction content = Read(type, encoded, ref fields, out Signature signature);
        outer.Close(fields);
        RlpError error = outer.Finish();
        if (error != RlpError.None)
            return Malformed(error);

        transaction = Transaction.FromDecoded(content, signature, encoded, hash);
        return ValidationResult.Valid;
    }

    internal static Hash256 SigningHash(UnsignedTransaction content)
    {
        using var writer = new RlpWriter(content.Data.Length + 160);
        WriteSigned(writer, content);
        return Keccak256.Hash(writer.Written);
    }

    /// <summary>Writes what the sender signs the hash of.</summary>
    internal static void WriteSigned(RlpWriter writer, UnsignedTransaction content)
    {
        WriteType(writer, content.Type);
        int list = writer.StartList();
        WriteContent(writer, content);
        if (content is { Type: TransactionType.Legacy, ChainId: { } chainId })
        {
            writer.Write(chainId);
            writer.Write(0UL);
            writer.Write(0UL);
        }

        writer.EndList(list);
    }

    internal static byte[] Encode(UnsignedTransaction content, in Signature signature)
    {
        using var writer = new RlpWriter(content.Data.Length + 240);
        WriteType(writer, content.Type);
        int list = writer.StartList();
        WriteContent(writer, content);
        writer.Write(V(content, signature));
        writer.Write(signature.R);
        writer.Write(signature.S);
        writer.EndList(list);
        return writer.ToArray();
    }

    private static ulong V(UnsignedTransaction content, in Signature signature)
    {
        if (content.Type != TransactionType.Legacy)
            return signature.RecoveryId;

        return signature.RecoveryId + (content.ChainId is { } chainId ? ProtectedV + chainId * 2 : UnprotectedV);
    }

    private static void WriteType(RlpWriter writer, TransactionType type)
    {
        if (type != TransactionType.Legacy)
            writer.WriteEncoded([(byte)type]);
    }

    private static void WriteContent(RlpWriter writer, UnsignedTransaction content)
    {
        if (content.Type != TransactionType.Legacy)
            writer.Write(content.ChainId.GetValueOrDefault());

        writer.Write(content.Nonce);
        if (content.Type == TransactionType.DynamicFee)
            writer.Write(content.MaxPriorityFeePerGas);

        writer.Write(content.MaxFeePerGas);
        writer.Write(content.GasLimit);
        if (content.To is { } to)
            writer.Write(to);
        else
            writer.Write(default(ReadOnlySpan<byte>));

        writer.Write(content.Value);
        writer.Write(content.Data.Span);
        if (content.Type != TransactionType.Legacy)
            WriteAccessList(writer, content.AccessList);
    }

    private static void WriteAccessList(RlpWriter writer, ImmutableArray<AccessListEntry> accessList)
    {
        int list = writer.StartList();
        foreach (AccessListEntry entry in accessList)
        {
            int item = writer.StartList();
            writer.Write(entry.Account);
            int keys = writer.StartList();
            foreach (Hash256 key in entry.StorageKeys)
                writer.Write(key);

            writer.EndList(keys);
            writer.EndList(item);
        }

        writer.EndList(list);
    }

    private static UnsignedTransaction Read(TransactionType type, ReadOnlyMemory<byte> encoded, ref RlpReader fields, out Signature signature)
    {
        ulong? chainId = type == TransactionType.Legacy ? null : fields.ReadUInt64();
        ulong nonce = fields.ReadUInt64();
        UInt256 tip = type == TransactionType.DynamicFee ? fields.ReadUInt256() : UInt256.Zero;
        UInt256 maxFee = fields.ReadUInt256();
        ulong gasLimit = fields.ReadUInt64();
        Address? to = ReadRecipient(ref fields);
        UInt256 value = fields.ReadUInt256();
        ReadOnlySpan<byte> data = fields.ReadBytes();
        ImmutableArray<AccessListEntry> accessList = type == TransactionType.Legacy ? [] : ReadAccessList(ref fields);
        signature = ReadSignature(type, ref chainId, ref fields);
        return new UnsignedTransaction
        {
            Type = type,
            ChainId = chainId,
            Nonce = nonce,
            MaxPriorityFeePerGas = type == TransactionType.DynamicFee ? tip : maxFee,
            MaxFeePerGas = maxFee,
            GasLimit = gasLimit,
            To = to,
            Value = value,
            Data = encoded.Span.Overlaps(data, out int offset) ? encoded.Slice(offset, data.Length) : default,
            AccessList = accessList,
        };
    }

    private static Address? ReadRecipient(ref RlpReader fields)
    {
        ReadOnlySpan<byte> to = fields.ReadBytes();
        if (to.Length is not (0 or Address.Length))
            fields.Fail(RlpError.WrongLength);

        return to.Length == Address.Length ? Address.FromBytes(to) : null;
    }

    private static ImmutableArray<AccessListEntry> ReadAccessList(ref RlpReader fields)
    {
        RlpReader list = fields.ReadList();
        if (list.AtEnd)
            return [];

        var entries = ImmutableArray.CreateBuilder<AccessListEntry>();
        while (list.HasMore)
        {
            RlpReader item = list.ReadList();
            Address account = item.ReadAddress();
            entries.Add(new AccessListEntry(account, ReadStorageKeys(ref item)));
            list.Close(item);
        }

        fields.Close(list);
        return entries.DrainToImmutable();
    }

    private static ImmutableArray<Hash256> ReadStorageKeys(ref RlpReader entry)
    {
        RlpReader list = entry.ReadList();
        if (list.AtEnd)
            return [];

        var keys = ImmutableArray.CreateBuilder<Hash256>();
        while (list.HasMore)
            keys.Add(list.ReadHash256());

        entry.Close(list);
        return keys.DrainToImmutable();
    }

    private static Signature ReadSignature(TransactionType type, ref ulong? chainId, ref RlpReader fields)
    {
        ulong v = fields.ReadUInt64();
        UInt256 r = fields.ReadUInt256();
        UInt256 s = fields.ReadUInt256();
        if (type != TransactionType.Legacy)
        {
            if (v > 1)
                fields.Fail(RlpError.InvalidValue);

            return new Signature(r, s, (byte)(v & 1));
        }

        if (v is UnprotectedV or UnprotectedV + 1)
            return new Signature(r, s, (byte)(v - UnprotectedV));

        if (v < ProtectedV)
        {
            fields.Fail(RlpError.InvalidValue);
            return default;
        }

        chainId = (v - ProtectedV) / 2;
        return new Signature(r, s, (byte)((v - ProtectedV) % 2));
    }

    private static ValidationResult Malformed(RlpError error) =>
        ValidationResult.Fail(ChainError.MalformedRlp, $"The transaction is not canonical RLP: {error}.");
}
