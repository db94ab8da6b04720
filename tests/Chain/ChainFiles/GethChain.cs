using DerChain.Chain.Blocks;
using DerChain.Chain.Storage;
using DerChain.Consensus.Clique;

namespace DerChain.Chain.Tests.ChainFiles;

/// <summary>The chain of ten blocks that Geth 1.9.6 sealed and exported.</summary>
internal static class GethChain
{
    public const string Folder = "geth_chain_5signers";

    /// <summary>The file: the genesis block, then the others.</summary>
    public static byte[] File { get; } = Vectors.ReadBytes($"{Folder}/chain.rlp");

    /// <summary>The file block by block.</summary>
    public static IReadOnlyList<byte[]> Blocks { get; } = Split(File);

    public static Blockchain Open(IKeyValueStore? store = null)
    {
        Genesis genesis = ReadGenesis();
        return Blockchain.Open(store ?? new MemoryStore(), genesis, new CliqueEngine(genesis.Spec));
    }

    private static Genesis ReadGenesis()
    {
        Assert.True(GenesisJson.TryRead(Vectors.ReadBytes($"{Folder}/genesis.json"), out Genesis? genesis).IsValid);
        return genesis!;
    }

    private static List<byte[]> Split(byte[] file)
    {
        var blocks = new List<byte[]>();
        var reader = new Chain.Rlp.RlpReader(file);
        while (reader.HasMore)
            blocks.Add(reader.ReadEncodedItem().ToArray());

        return blocks;
    }
}
