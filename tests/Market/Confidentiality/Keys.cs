using System.Text;
using DerChain.Chain.Crypto;

namespace DerChain.Market.Tests.Confidentiality;

/// <summary>Keys that everyone knows.</summary>
internal static class Keys
{
    public static readonly PrivateKey Sender = Of("sender");
    public static readonly PrivateKey Operator = Of("operator");
    public static readonly PrivateKey Aggregator = Of("aggregator");
    public static readonly PrivateKey Stranger = Of("stranger");

    public static PrivateKey Of(string name) => PrivateKey.FromBytes(Keccak256.Hash(Encoding.UTF8.GetBytes(name)).ToBytes());
}
