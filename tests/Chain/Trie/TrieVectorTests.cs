using System.Collections.Immutable;
using System.Text.Json;
using DerChain.Chain.Blocks;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Chain.Transactions;
using DerChain.Chain.Trie;

namespace DerChain.Chain.Tests.Trie;

public sealed class TrieVectorTests
{
    [Fact]
    public void The_empty_trie_has_the_well_known_root() =>
        Assert.Equal("0x56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421", MerklePatriciaTrie.EmptyRoot.ToString());

    [Fact]
    public void Tries_have_the_known_roots() => EachCase.Holds(Table("cases"), test => test.Text("name"), test =>
    {
        List<(byte[] Key, byte[] Value)> writes = [.. test.GetProperty("ops").EnumerateArray().Select(write => (
            KeyOf(write, test.GetProperty("secure").GetBoolean()), write[1].ValueKind == JsonValueKind.Null ? [] : Hex.Parse(write[1].GetString())))];
        Assert.Equal(test.Hash("root"), RootOf(writes));
        if (test.GetProperty("anyOrder").GetBoolean())
            Assert.Equal(test.Hash("root"), RootOf(Enumerable.Reverse(writes)));
    });

    [Fact]
    public void Paths_have_the_known_encodings() => EachCase.Holds(Table("hex_prefix"), test => test.Text("name"), test =>
    {
        byte[] path = [.. test.GetProperty("nibbles").EnumerateArray().Select(nibble => nibble.GetByte())];
        bool isLeaf = test.GetProperty("terminator").GetBoolean();
        var encoded = new byte[path.Length / 2 + 1];
        Assert.Equal(encoded.Length, Nibbles.Encode(path, isLeaf, encoded));
        Assert.Equal(test.Bytes("out"), encoded);
        Assert.True(Nibbles.TryDecode(test.Bytes("out"), out byte[] read, out bool readIsLeaf));
        Assert.Equal(path, read);
        Assert.Equal(isLeaf, readIsLeaf);
    });

    [Fact]
    public void Real_blocks_have_their_hashes_and_transaction_roots() => EachCase.Holds(Blocks(), Name, block =>
    {
        ImmutableArray<Transaction> transactions = [.. block.GetProperty("transactions").EnumerateArray().Select(Decode)];
        Assert.Equal(block.Hash("transactionsRoot"), BlockBody.TransactionsRoot(transactions));
        Assert.True(BlockHeader.TryDecode(block.Bytes("header"), out BlockHeader? header).IsValid);
        Assert.Equal(block.Hash("blockHash"), header!.ComputeHash());
        Assert.Equal(block.Hash("transactionsRoot"), header.TransactionsRoot);
        Assert.Equal(block.GetProperty("txHashes").EnumerateArray().Select(hash => Hash256.Parse(hash.GetString())), transactions.Select(t => t.Hash));
        Assert.Equal(
            block.GetProperty("txTypes").EnumerateObject().Select(type => $"{type.Name}: {type.Value}"),
            transactions.CountBy(t => (byte)t.Content.Type).OrderBy(type => type.Key).Select(type => $"{type.Key}: {type.Value}"));
        if (block.Find("senders") is { } senders)
            Assert.Equal(senders.EnumerateArray().Select(sender => Address.Parse(sender.GetString())), transactions.Select(t => t.RecoverSender()!.Value));
    });

    [Fact]
    public void Real_blocks_have_their_receipt_roots() => EachCase.Holds(
        Blocks().Where(block => block.TryGetProperty("receipts", out _)), Name, block =>
        {
            byte[][] receipts = [.. block.GetProperty("receipts").EnumerateArray().Select(receipt => Hex.Parse(receipt.GetString()))];
            Assert.True(BlockHeader.TryDecode(block.Bytes("header"), out BlockHeader? header).IsValid);
            Assert.Equal(block.Hash("receiptsRoot"), header!.ReceiptsRoot);
            Assert.Equal(block.Hash("receiptsRoot"), OrderedTrie.Root(receipts.Length, (index, writer) => writer.Write(receipts[index])));
        });

    private static JsonElement.ArrayEnumerator Table(string name) => Vectors.ReadJson("trie.json").GetProperty(name).EnumerateArray();

    private static JsonElement.ArrayEnumerator Blocks() => Vectors.ReadJson("txroots.json").GetProperty("blocks").EnumerateArray();

    private static string Name(JsonElement block) => $"{block.Text("network")} {block.GetProperty("blockNumber")}";

    private static byte[] KeyOf(JsonElement write, bool isSecure)
    {
        byte[] key = Hex.Parse(write[0].GetString());
        return isSecure ? Keccak256.Hash(key).ToBytes() : key;
    }

    private static Hash256 RootOf(IEnumerable<(byte[] Key, byte[] Value)> writes)
    {
        var trie = new MerklePatriciaTrie(MerklePatriciaTrie.EmptyRoot, source: null);
        foreach ((byte[] key, byte[] value) in writes)
            trie.Set(key, value);

        return trie.ComputeRoot([]);
    }

    private static Transaction Decode(JsonElement encoded)
    {
        Assert.True(TransactionCodec.TryDecode(Hex.Parse(encoded.GetString()), out Transaction? transaction).IsValid);
        return transaction!;
    }
}
