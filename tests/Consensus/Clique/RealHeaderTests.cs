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

    // The genesis headers are not given, their signers are; the first header given is block 1.
    [Fact]
    public void Real_headers_are_valid_on_each_other() => EachCase.Holds(
        Vectors.ReadJson("clique_headers.json").GetProperty("networks").EnumerateArray(), network => network.Text("network"), network =>
        {
            BlockHeader[] headers = [.. network.GetProperty("headers").EnumerateArray().Select(Decode)];
            var spec = new ChainSpec
            {
                ChainId = 1,
                LondonBlock = headers[0].BaseFeePerGas is null ? null : 0,
                CliquePeriodSeconds = (ulong)network.Number("period"),
            };
            var parameters = CliqueParameters.From(spec);
            JsonElement signers = network.Find("genesisSigners") ?? network.GetProperty("recoveredSigners");
            CliqueSnapshot snapshot = CliqueSnapshot.AtGenesis(headers[0] with
            {
                Number = 0,
                ExtraData = CliqueExtraData.ForGenesis(signers.EnumerateArray().Select(signer => Address.Parse(signer.GetString()))),
            });
            Assert.Equal(1UL, headers[0].Number);
            for (int index = 0; index < headers.Length; index++)
            {
                BlockHeader header = headers[index];
                Address signer = new CliqueEngine(spec).GetAuthor(header);
                Assert.True(CliqueRules.CheckShape(header, header.Timestamp, parameters).IsValid);
                Assert.True(index == 0 || CliqueRules.CheckParent(header, headers[index - 1], spec, parameters).IsValid);
                Assert.Equal("valid", CliqueRules.CheckSeal(header, snapshot, signer, parameters).ToString());
                Assert.Null(SnapshotTransition.TryApply(snapshot, header, signer, parameters, out CliqueSnapshot? after));
                snapshot = after!;
            }
        });

    private static BlockHeader Decode(JsonElement json)
    {
        Assert.True(BlockHeader.TryDecode(json.Bytes("rlp"), out BlockHeader? header).IsValid);
        return header!;
    }
}
