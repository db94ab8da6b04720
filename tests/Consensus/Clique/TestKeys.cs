using System.Text;
using DerChain.Chain.Crypto;

namespace DerChain.Consensus.Tests.Clique;

/// <summary>Keys of the letters in the voting scenarios, as the run on Geth had them: Keccak-256 of "clique-test-" and the letter.</summary>
internal static class TestKeys
{
    public static PrivateKey Of(string name) => PrivateKey.FromBytes(Keccak256.Hash(Encoding.UTF8.GetBytes("clique-test-" + name)).ToBytes());
}
