using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using DerChain.Chain.Crypto;

namespace DerChain.Testing.Simulation;

/// <summary>Keys that everyone knows, by name: for simulations and tests alone.</summary>
/// <threadsafety>Thread-safe.</threadsafety>
internal static class SimulationKeys
{
    private static readonly ConcurrentDictionary<string, PrivateKey> Keys = new(StringComparer.Ordinal);

    public static PrivateKey Authority(int index) => Named(string.Create(CultureInfo.InvariantCulture, $"simulated authority {index}"));

    public static PrivateKey User(int index) => Named(string.Create(CultureInfo.InvariantCulture, $"simulated user {index}"));

    private static PrivateKey Named(string name) =>
        Keys.GetOrAdd(name, static text => PrivateKey.FromBytes(Keccak256.Hash(Encoding.UTF8.GetBytes(text)).ToBytes()));
}
