using System.Text;
using System.Text.Json;
using DerChain.Chain.Blocks;
using DerChain.Chain.Storage;
using DerChain.Chain.Validation;
using DerChain.Consensus.Clique;

namespace DerChain.Chain.Tests.Blocks;

/// <summary>The genesis files of public networks give their well-known hashes.</summary>
public sealed class GenesisVectorTests
{
    [Fact]
    public void Public_networks_have_their_genesis_hash_and_state_root() => EachCase.Holds(
        Vectors.ReadJson("genesis.json").GetProperty("genesis").EnumerateObject(), network => network.Name, network =>
        {
            JsonElement json = network.Value;
            Genesis genesis = Read(json);
            BlockHeader header = GenesisBlock.Create(genesis).Block.Header;
            Assert.Equal(json.Hash("expectedStateRoot"), header.StateRoot);
            Assert.Equal(json.Bytes("headerRlp"), header.Encode());
            Assert.Equal(json.Hash("expectedHash"), header.ComputeHash());
            Assert.Equal(json.GetProperty("alloc").EnumerateObject().Count(), genesis.Accounts.Count);
            Assert.Equal(json.Hash("expectedHash"), Blockchain.Open(new MemoryStore(), genesis, new CliqueEngine(genesis.Spec)).Head.Hash);
            Assert.Equal(json.Hash("expectedHash"), GenesisBlock.Create(Read(GenesisJson.Write(genesis))).Block.Hash);
        });

    [Fact]
    public void The_forks_of_public_networks_are_read_from_their_files()
    {
        JsonElement networks = Vectors.ReadJson("genesis.json").GetProperty("genesis");
        ChainSpec goerli = Read(networks.GetProperty("goerli")).Spec;
        Assert.Equal(new ChainSpec
        {
            ChainId = 5,
            IstanbulBlock = 1_561_651,
            MuirGlacierBlock = null,
            BerlinBlock = null,
            LondonBlock = null,
            CliquePeriodSeconds = 15,
        }, goerli);

        // Besu's file: its names of Clique's two numbers, and EIP-155 as a part of eip158Block.
        ChainSpec rinkeby = Read(networks.GetProperty("rinkeby")).Spec;
        Assert.Equal((4UL, 15UL, 30_000UL), (rinkeby.ChainId, rinkeby.CliquePeriodSeconds, rinkeby.CliqueEpochLength));
        Assert.Equal([1UL, 2UL, 3UL, 3UL, 8_897_988UL], [rinkeby.HomesteadBlock, rinkeby.Eip150Block, rinkeby.Eip155Block, rinkeby.Eip158Block, rinkeby.LondonBlock]);
    }

    private static Genesis Read(JsonElement json) => Read(Encoding.UTF8.GetBytes(json.GetRawText()));

    private static Genesis Read(byte[] json)
    {
        ValidationResult result = GenesisJson.TryRead(json, out Genesis? genesis);
        Assert.True(result.IsValid, result.ToString());
        return genesis!;
    }
}
