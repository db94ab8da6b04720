using System.Text.Json;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Rlp;
using DerChain.Chain.Storage;
using DerChain.Consensus.Clique;

namespace DerChain.Chain.Tests;

/// <summary>A chain that Geth 1.9.6 sealed with five signers imports with the same hashes, roots and bytes.</summary>
public sealed class GethChainTests
{
    private const string Folder = "geth_chain_5signers";

    [Fact]
    public void Every_block_imports_with_Geths_hash_and_signer()
    {
        var chain = Open(new MemoryStore(), out CliqueEngine engine);
        JsonElement[] index = [.. Vectors.ReadJson($"{Folder}/index.json").EnumerateArray()];
        List<byte[]> blocks = EncodedBlocks();
        Assert.Equal(index.Length, blocks.Count);
        Assert.Equal(index[0].Hash("hash"), chain.Head.Hash);
        Assert.Equal(blocks[0], chain.FindBlock(0)!.Encode());
        for (int number = 1; number < blocks.Count; number++)
        {
            Assert.True(Block.TryDecode(blocks[number], out Block? block).IsValid);
            Assert.Equal(index[number].Hash("hash"), block!.Hash);
            Assert.Equal(index[number].GetProperty("txs").GetInt32(), block.Transactions.Length);
            ImportResult result = chain.Import(block, TestChain.Now + 1_000_000_000);
            Assert.True(result.Outcome == ImportOutcome.NewHead, $"{number}: {result.Verdict}");
            Assert.Equal(index[number].Address("signer"), engine.GetAuthor(block.Header));
            Assert.Equal((UInt256)index[number].Number("difficulty"), block.Header.Difficulty);
            Assert.Equal(blocks[number], chain.FindBlock((ulong)number)!.Encode());
        }

        Assert.Equal(21UL, (ulong)chain.Head.TotalDifficulty);
    }

    [Fact]
    public void Reopened_it_is_the_same_chain()
    {
        var store = new MemoryStore();
        Blockchain first = Open(store, out _);
        foreach (byte[] encoded in EncodedBlocks().Skip(1))
        {
            Block.TryDecode(encoded, out Block? block);
            first.Import(block!, ulong.MaxValue);
        }

        Blockchain second = Open(store, out _);
        Assert.Equal(first.Head, second.Head);
        Assert.Equal(EncodedBlocks(), second.Blocks().Select(block => block.Encode()));
        foreach (Block block in second.Blocks())
        {
            Assert.Equal(first.GetReceipts(block), second.GetReceipts(block));
            Assert.Equal(block.Transactions.Select(transaction => transaction.RecoverSender()!.Value), second.GetSenders(block));
        }
    }

    private static Blockchain Open(MemoryStore store, out CliqueEngine engine)
    {
        Assert.True(GenesisJson.TryRead(Vectors.ReadBytes($"{Folder}/genesis.json"), out Genesis? genesis).IsValid);
        engine = new CliqueEngine(genesis!.Spec);
        return Blockchain.Open(store, genesis, engine);
    }

    private static List<byte[]> EncodedBlocks()
    {
        var blocks = new List<byte[]>();
        var reader = new RlpReader(Vectors.ReadBytes($"{Folder}/chain.rlp"));
        while (reader.HasMore)
            blocks.Add(reader.ReadEncodedItem().ToArray());

        return blocks;
    }
}
