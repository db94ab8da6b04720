using System.Text.Json;
using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Consensus.Clique;

namespace DerChain.Consensus.Tests.Clique;

/// <summary>Headers of public and test networks under Clique.</summary>
public sealed class RealHeaderTests
{
    [Fact]
    public void Real_headers_have_their_hashes_seal_hashes_and_signers() => EachCase.Holds(
        from network in Vectors.ReadJson("clique_headers.json").GetProperty("networks").EnumerateArray()
        from header in network.GetProperty("headers").EnumerateArray()
        select (Network: network.Text("network"), Json: header),
        test => $"{test.Network} {test.Json.GetProperty("number")}",
        test =>
        {
            JsonElement json = test.Json;
            Assert.True(BlockHeader.TryDecode(json.Bytes("rlp"), out BlockHeader? header).IsValid);
            Assert.Equal(json.Bytes("rlp"), header!.Encode());
            Assert.Equal(json.Hash("hash"), header.ComputeHash());
            Assert.Equal(json.Hash("sealHash"), CliqueExtraData.SealHash(header));
            Assert.Equal(json.Address("signer"), new CliqueEngine(new ChainSpec { ChainId = 1 }).GetAuthor(header));
            Assert.Equal((UInt256)json.Number("difficulty"), header.Difficulty);
            Assert.Equal(json.Number("gasLimit"), header.GasLimit);
            Assert.Equal(json.Number("timestamp"), header.Timestamp);
            Assert.Equal(json.Find("baseFeePerGas") is { } baseFee ? (UInt256)baseFee.Number() : (UInt256?)null, header.BaseFeePerGas);
        });
}
