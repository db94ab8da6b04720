using DerChain.Chain.Blocks;
using DerChain.Chain.Storage;
using DerChain.Consensus.Clique;

namespace DerChain.Chain.Tests;

public sealed class GenesisGasLimitTests
{
    [Theory]
    [InlineData(0UL)]
    [InlineData(1UL)]
    [InlineData(4_999UL)]
    [InlineData(1UL << 63)]
    public void A_genesis_from_which_no_block_can_follow_is_refused(ulong gasLimit)
    {
        var spec = new ChainSpec { ChainId = 1 };
        var genesis = new Genesis { Spec = spec, Timestamp = 0, ExtraData = CliqueExtraData.ForGenesis([default]), GasLimit = gasLimit };

        ArgumentException refused = Assert.Throws<ArgumentException>(() => Blockchain.Open(new MemoryStore(), genesis, new CliqueEngine(spec)));
        Assert.Contains("gas limit", refused.Message, StringComparison.Ordinal);
    }
}
