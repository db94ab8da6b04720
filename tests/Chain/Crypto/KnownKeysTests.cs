using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Tests.Crypto;

public sealed class KnownKeysTests
{
    private static readonly PrivateKey[] Signers = [.. Enumerable.Range(1, 5).Select(index => PrivateKey.FromBytes(Keccak256.Hash([(byte)index]).ToBytes()))];

    [Fact]
    public void Whatever_the_hint_the_result_is_that_of_recovery()
    {
        var keys = new KnownKeys();
        var random = new Random(1);
        Address?[] hints = [null, Address.Zero, .. Signers.Select(static signer => (Address?)signer.Address)];
        for (int run = 0; run < 400; run++)
        {
            Hash256 hash = Keccak256.Hash(BitConverter.GetBytes(run));
            Signature signature = Signers[random.Next(Signers.Length)].Sign(hash);
            if (run % 5 == 0)
                signature = signature with { RecoveryId = (byte)random.Next(5) };

            foreach (Address? hint in hints)
                Assert.Equal(Secp256k1.TryRecover(hash, signature), keys.TryRecover(hash, signature, hint));
        }
    }

    [Fact]
    public void A_right_hint_gives_the_key_that_is_kept()
    {
        var keys = new KnownKeys();
        Hash256 hash = Keccak256.Hash([1]);
        PublicKey? first = keys.TryRecover(hash, Signers[0].Sign(hash), Signers[0].Address);
        Hash256 next = Keccak256.Hash([2]);
        Assert.Same(first, keys.TryRecover(next, Signers[0].Sign(next), Signers[0].Address));
        Assert.NotSame(first, keys.TryRecover(next, Signers[0].Sign(next), Signers[1].Address));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(KnownKeys.BytesPerKey - 1, 0)]
    [InlineData(KnownKeys.BytesPerKey, 1)]
    [InlineData(3 * KnownKeys.BytesPerKey, 3)]
    public void No_more_is_kept_than_there_is_room_for(long bytes, int expected)
    {
        var keys = new KnownKeys(bytes);
        for (int run = 0; run < 20; run++)
        {
            Hash256 hash = Keccak256.Hash([(byte)run]);
            PrivateKey signer = Signers[run % Signers.Length];
            Assert.Equal(signer.PublicKey, keys.TryRecover(hash, signer.Sign(hash), signer.Address));
            Assert.InRange(keys.Count, 0, expected);
        }
    }

    [Fact]
    public void Threads_may_share_it()
    {
        var keys = new KnownKeys(4 * KnownKeys.BytesPerKey);
        Parallel.For(0, 400, index =>
        {
            Hash256 hash = Keccak256.Hash(BitConverter.GetBytes(index));
            PrivateKey signer = Signers[index % Signers.Length];
            Assert.Equal(signer.PublicKey, keys.TryRecover(hash, signer.Sign(hash), signer.Address));
        });
        Assert.InRange(keys.Count, 1, 4);
    }

    [Fact]
    public void A_negative_room_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new KnownKeys(-1));
}
