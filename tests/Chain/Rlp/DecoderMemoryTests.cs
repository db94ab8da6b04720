using DerChain.Chain.Blocks;
using DerChain.Chain.Proofs;
using DerChain.Chain.Rlp;
using DerChain.Chain.Storage;
using DerChain.Chain.Transactions;
using DerChain.Chain.Trie;

namespace DerChain.Chain.Tests.Rlp;

/// <summary>Inputs of many small parts, each of which costs an object: memory stays within a constant multiple of what came in.</summary>
public sealed class DecoderMemoryTests(ITestOutputHelper output)
{
    private const int Size = 512 * 1024;

    // The shortest transactions there are: every field is empty, v is 27.
    private static readonly byte[] ShortestLegacy = [0xc9, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x1b, 0x80, 0x80];
    private static readonly byte[] ShortestTyped = [0x8e, 0x02, 0xcc, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0xc0, 0x80, 0x80, 0x80];
    private static readonly byte[] EmptyEntry = [0xd6, 0x94, .. new byte[20], 0xc0];
    private static readonly byte[] EntryOfOneKey = [0xf7, 0x94, .. new byte[20], 0xe1, 0xa0, .. new byte[32]];

    private static readonly (string Name, Func<byte[]> Input, Action<byte[]> Decode, int Limit)[] Cases =
    [
        ("block of legacy transactions", () => BlockOf(ShortestLegacy), static input => Assert.True(Block.TryDecode(input, out _).IsValid), 48),
        ("block of typed transactions", () => BlockOf(ShortestTyped), static input => Assert.True(Block.TryDecode(input, out _).IsValid), 48),
        ("access list of accounts", () => TransactionOf(EmptyEntry), static input => Assert.True(TransactionCodec.TryDecode(input, out _).IsValid), 10),
        ("access list of keys", () => TransactionOf(EntryOfOneKey), static input => Assert.True(TransactionCodec.TryDecode(input, out _).IsValid), 10),
        ("block that is one transaction", () => BlockOf(Typed(TransactionOf(EmptyEntry))), static input => Assert.True(Block.TryDecode(input, out _).IsValid), 10),
        ("proof of empty nodes", static () => Proof(new byte[65]), static input => Assert.True(TransactionProof.TryDecode(input, out _).IsValid), 10),
        ("branch of leaves", BranchOfLeaves, static input => Assert.NotNull(TrieNode.TryDecode(input)), 64),
        ("segment of deletions", () => Repeat([2, 1, 0, 0, 0, 0, 7]), static input => Assert.NotNull(BatchSegment.TryDecode(input)), 16),
    ];

    [Fact]
    public void Many_small_parts_cost_a_constant_multiple_of_the_input() => EachCase.Holds(Cases, item => item.Name, item =>
    {
        byte[] input = item.Input();
        item.Decode(input);
        long before = GC.GetAllocatedBytesForCurrentThread();
        item.Decode(input);
        long factor = (GC.GetAllocatedBytesForCurrentThread() - before) / input.Length;
        output.WriteLine($"{item.Name}: {factor} bytes allocated a byte of {input.Length:N0}");
        Assert.InRange(factor, 0, item.Limit);
    });

    private static byte[] BlockOf(byte[] transaction)
    {
        using var writer = new RlpWriter();
        int list = writer.StartList();
        Header().Write(writer);
        int body = writer.StartList();
        writer.WriteEncoded(transaction.Length > 1000 ? transaction : Repeat(transaction));
        writer.EndList(body);
        writer.EndList(writer.StartList());
        writer.EndList(list);
        return writer.ToArray();
    }

    private static byte[] TransactionOf(byte[] accessListEntry)
    {
        using var writer = new RlpWriter();
        writer.WriteEncoded([1]);
        int list = writer.StartList();
        writer.WriteEncoded([0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80]);
        int entries = writer.StartList();
        writer.WriteEncoded(Repeat(accessListEntry));
        writer.EndList(entries);
        writer.WriteEncoded([0x80, 0x80, 0x80]);
        writer.EndList(list);
        return writer.ToArray();
    }

    private static byte[] Typed(byte[] transaction)
    {
        using var writer = new RlpWriter();
        writer.Write(transaction);
        return writer.ToArray();
    }

    private static byte[] Proof(byte[] nodes) => new TransactionProof(Header(), 0, [.. nodes.Select(static _ => ReadOnlyMemory<byte>.Empty)]).Encode();

    private static byte[] BranchOfLeaves() => [0xef, .. Enumerable.Repeat((byte[])[0xc2, 0x20, 0x01], 15).SelectMany(static leaf => leaf), 0x80, 0x80];

    private static byte[] Repeat(byte[] part) => [.. Enumerable.Repeat(part, Size / part.Length).SelectMany(static bytes => bytes)];

    private static BlockHeader Header() => TestChain.Open(TestChain.GenesisOf(1)).Chain.Head.Header;
}
