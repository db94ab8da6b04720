using System.Buffers.Binary;
using System.Text;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Storage;

/// <summary>Every key of a chain's store, in one place. The first byte tells the kind of entry; numbers are big-endian, so that ranges are in order.</summary>
internal static class ChainSchema
{
    /// <summary>Format of the entries. A store of another format is refused untouched.</summary>
    public const int FormatVersion = 3;

    /// <summary>First byte of the keys of headers.</summary>
    public const byte HeaderPrefix = (byte)'h';

    /// <summary>First byte of the keys of <see cref="NodeEntries"/>; the node's own key follows.</summary>
    public const byte NodeEntryPrefix = (byte)'x';

    /// <summary>Metadata: format version, as ASCII text.</summary>
    public static readonly byte[] Format = "mformat"u8.ToArray();

    /// <summary>Metadata: hash of the genesis as JSON.</summary>
    public static readonly byte[] Genesis = "mgenesis"u8.ToArray();

    /// <summary>Metadata: identity of the transaction rule in UTF-8, after its 32-byte hash; empty text where there is none.</summary>
    public static readonly byte[] Rule = "mrule"u8.ToArray();

    /// <summary>Hash of the head of the canonical chain.</summary>
    public static readonly byte[] Head = "mhead"u8.ToArray();

    /// <summary>Hash of the newest final block; absent while that is genesis.</summary>
    public static readonly byte[] Finalized = "mfinalized"u8.ToArray();

    /// <summary>Hash of the best head that conflicts with the final block; absent where there is none.</summary>
    public static readonly byte[] Conflict = "mconflict"u8.ToArray();

    /// <summary>'g' + index: a part of the genesis as JSON.</summary>
    public static byte[] GenesisPart(int index)
    {
        var key = new byte[1 + sizeof(int)];
        key[0] = (byte)'g';
        BinaryPrimitives.WriteInt32BigEndian(key.AsSpan(1), index);
        return key;
    }

    /// <summary>'h' + block hash: RLP of the header.</summary>
    public static byte[] Header(Hash256 blockHash) => Key((char)HeaderPrefix, blockHash);

    /// <summary>'b' + block hash: RLP of the list of transactions.</summary>
    public static byte[] Body(Hash256 blockHash) => Key('b', blockHash);

    /// <summary>'r' + block hash: RLP of the list of encoded receipts.</summary>
    public static byte[] Receipts(Hash256 blockHash) => Key('r', blockHash);

    /// <summary>'f' + block hash: what verification found out (<see cref="BlockFindings"/>).</summary>
    public static byte[] Findings(Hash256 blockHash) => Key('f', blockHash);

    /// <summary>'e' + block hash: what the engine noted of the block, with a checksum (<see cref="Engine.EngineNote"/>).</summary>
    public static byte[] EngineNote(Hash256 blockHash) => Key('e', blockHash);

    /// <summary>'n' + number: hash of the canonical block of that number.</summary>
    public static byte[] CanonicalHash(ulong number)
    {
        var key = new byte[1 + sizeof(ulong)];
        key[0] = (byte)'n';
        BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(1), number);
        return key;
    }

    /// <summary>'t' + transaction hash: number of the canonical block (8 bytes) and index in it (4 bytes).</summary>
    public static byte[] TransactionLocation(Hash256 transactionHash) => Key('t', transactionHash);

    /// <summary>'s' + node hash: RLP of a node of a state trie.</summary>
    public static byte[] StateNode(Hash256 nodeHash) => Key('s', nodeHash);

    /// <summary>'p' + hash of the encoding: an encoded state of the transaction rule.</summary>
    public static byte[] RuleState(Hash256 stateHash) => Key('p', stateHash);

    /// <summary>True for a key of <see cref="NodeEntries"/>, which no block writes.</summary>
    public static bool IsNodeEntry(ReadOnlySpan<byte> key) => key[0] == NodeEntryPrefix && key.Length is > 1 and <= 1 + NodeEntries.MaxKeyBytes;

    /// <summary>The key for a reader: which kind of entry, and of what.</summary>
    public static string Describe(ReadOnlySpan<byte> key)
    {
        string name = key[0] switch
        {
            (byte)'m' => Encoding.ASCII.GetString(key[1..]),
            (byte)'n' when key.Length == 1 + sizeof(ulong) => $"{BinaryPrimitives.ReadUInt64BigEndian(key[1..])}",
            _ => Hex.Format(key[1..]),
        };
        return $"{KindOf(key)} {name}";
    }

    /// <summary>Which kind of entry a key is of.</summary>
    public static string KindOf(ReadOnlySpan<byte> key) => (char)key[0] switch
    {
        'g' => "part of the genesis",
        'h' => "header of block",
        'b' => "transactions of block",
        'r' => "receipts of block",
        'f' => "findings of block",
        'e' => "engine's note of block",
        'n' => "canonical hash of number",
        't' => "location of transaction",
        's' => "state node",
        'p' => "rule state",
        'x' => "entry of the node",
        'm' => "metadata",
        _ => "unknown entry",
    };

    private static byte[] Key(char kind, Hash256 hash)
    {
        var key = new byte[1 + Hash256.Length];
        key[0] = (byte)kind;
        hash.CopyTo(key.AsSpan(1));
        return key;
    }
}
