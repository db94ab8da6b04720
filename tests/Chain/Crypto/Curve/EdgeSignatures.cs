using System.Numerics;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Tests.Crypto.Curve;

/// <summary>Hashes and signatures where recovery has special cases.</summary>
internal static class EdgeSignatures
{
    private static readonly BigInteger N = Secp256k1.OrderValue;
    private static readonly BigInteger P = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 32) - 977;

    public static BigInteger GeneratorX { get; } = MultipleX(1);

    /// <summary>Where the range of r, s or x ends, and where u1 or u2 is 0 or the result infinity.</summary>
    public static IEnumerable<(Hash256 Hash, Signature Signature)> OfRanges()
    {
        BigInteger[] numbers =
        [
            .. Enumerable.Range(0, 12).Select(static value => (BigInteger)value),
            .. Enumerable.Range(-6, 13).Select(static offset => N + offset),
            .. Enumerable.Range(-6, 13).Select(static offset => P - N + offset),
            .. Enumerable.Range(-3, 7).Select(static offset => N / 2 + offset),
            .. Enumerable.Range(-3, 7).Select(static offset => P + offset),
            BigInteger.Pow(2, 256) - 1, BigInteger.Pow(2, 255), GeneratorX,
        ];
        BigInteger[] hashes = [0, 1, N - 1, N, N + 1, BigInteger.Pow(2, 256) - 1, GeneratorX];
        var random = new Random(2);
        foreach (BigInteger r in numbers)
        {
            for (byte id = 0; id < 5; id++)
            {
                // Every r with every id; s and hash in turn.
                for (int run = 0; run < 12; run++)
                {
                    var signature = new Signature((UInt256)r, (UInt256)numbers[random.Next(numbers.Length)], id);
                    yield return (HashOf(hashes[random.Next(hashes.Length)]), signature);
                }
            }
        }
    }

    /// <summary>R = G and s = e: sR − eG is infinity. R = −G: twice the same point is added. e = 0 modulo n: u1 is 0.</summary>
    public static IEnumerable<(Hash256 Hash, Signature Signature)> WherePointsMeet()
    {
        foreach (BigInteger e in new[] { 1, 2, 3, 5, 1000, N - 1, N / 2, 0, N, GeneratorX % N })
        {
            foreach (BigInteger s in new[] { e, N - e, 2 * e, 3 * e, e + 1, 1 })
            {
                for (byte id = 0; id < 2; id++)
                    yield return (HashOf(e), new Signature((UInt256)(GeneratorX % N), (UInt256)(((s % N) + N) % N), id));
            }
        }
    }

    public static BigInteger MultipleX(BigInteger scalar) => UInt256.FromBigEndian(PrivateKey.FromBytes(BytesOf(scalar)).PublicKey.ToBytes().AsSpan(0, 32));

    public static Hash256 HashOf(BigInteger number) => Hash256.FromBytes(BytesOf(number));

    /// <summary>Any hash and signature, with an id of 0 or 1; every second has a key.</summary>
    public static (Hash256 Hash, Signature Signature) Next(Random random)
    {
        var bytes = new byte[Signature.Length + Hash256.Length];
        random.NextBytes(bytes);
        bytes[64] &= 1;
        return (Hash256.FromBytes(bytes.AsSpan(Signature.Length)), Signature.FromBytes(bytes.AsSpan(0, Signature.Length)));
    }

    private static byte[] BytesOf(BigInteger number)
    {
        var bytes = new byte[32];
        ((UInt256)number).WriteBigEndian(bytes);
        return bytes;
    }
}
