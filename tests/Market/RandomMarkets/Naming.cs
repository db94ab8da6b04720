using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using DerChain.Market.Tests.Confidentiality;

namespace DerChain.Market.Tests.RandomMarkets;

/// <summary>Names and accounts of a market. Another turn gives other names in another order.</summary>
internal sealed class Naming(int turn)
{
    private const int Most = 7;

    private static readonly PrivateKey[] Pool = [.. Enumerable.Range(0, Most + 2).Select(static number => Keys.Of($"site {number}"))];
    private static readonly Address[] Accounts = [.. Pool.Select(static key => key.Address)];

    public PrivateKey KeyOf(int site) => Pool[Place(site)];

    public Address AccountOf(int site) => Accounts[Place(site)];

    public Address AggregatorOf(int number) => Accounts[Most + number];

    public ParticipantId NameOf(int site) => new($"P{Place(site)}");

    public ResourceId ResourceOf(int site, int device) => new($"{(char)('A' + (device * 7 + turn * 11) % 26)}-{Place(site)}");

    /// <summary>Number of the site with an account.</summary>
    public int SiteOf(Address account) => Enumerable.Range(0, Most).First(site => AccountOf(site) == account);

    /// <summary>Numbers of site and device by the device's name.</summary>
    public (int Site, int Device) DeviceOf(ResourceId resource)
    {
        int site = Enumerable.Range(0, Most).First(number => Place(number) == resource.Value[2] - '0');
        return (site, Enumerable.Range(0, 26).First(device => ResourceOf(site, device) == resource));
    }

    private int Place(int site) => (site * 3 + turn) % Most;
}
