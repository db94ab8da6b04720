using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Tests.Crypto;

public sealed class RecoveryMemoTests
{
    private static readonly PrivateKey Alice = TestChain.Key("alice");
    private static readonly Hash256 Hash = Keccak256.Hash([1]);

    [Fact]
    public void With_a_memo_every_signature_recovers_to_what_it_does_without()
    {
        Signature[] signatures = [.. Signatures(Alice.Sign(Hash))];
        PublicKey?[] without = [.. signatures.Select(signature => signature.TryRecover(Hash))];
        Assert.Contains(without, static key => key is null);
        Assert.True(without.OfType<PublicKey>().Distinct().Count() > 2);

        var memo = new RecoveryMemo();
        using IDisposable use = memo.Use();
        Assert.Equal(signatures[0], Alice.Sign(Hash));
        Assert.Equal(1, memo.Count);
        for (int round = 0; round < 2; round++)
        {
            Assert.Equal(without, signatures.Select(signature => signature.TryRecover(Hash)));
            Assert.Equal(signatures.Distinct().Count(), memo.Count);
        }
    }

    [Fact]
    public void What_was_signed_while_a_memo_is_in_use_is_recovered_from_it()
    {
        var memo = new RecoveryMemo();
        using IDisposable use = memo.Use();
        Signature signature = Alice.Sign(Hash);
        Assert.Same(Alice.PublicKey, signature.TryRecover(Hash));
        Assert.Equal(Alice.PublicKey, Secp256k1.TryRecover(Hash, signature));
        Assert.NotEqual(Alice.PublicKey, signature.TryRecover(Keccak256.Hash([2])));
        Assert.Equal(2, memo.Count);
    }

    [Fact]
    public void Each_key_recovers_from_its_own_signature_of_the_same_hash()
    {
        using IDisposable use = new RecoveryMemo().Use();
        PrivateKey[] keys = [.. Enumerable.Range(0, 8).Select(index => TestChain.Key($"signer {index}"))];
        Signature[] signatures = [.. keys.Select(key => key.Sign(Hash))];
        Assert.Equal(keys.Select(key => key.PublicKey), signatures.Select(signature => signature.TryRecover(Hash)));
        Assert.Equal(keys.Select(key => key.PublicKey), signatures.Select(signature => Secp256k1.TryRecover(Hash, signature)));
    }

    [Fact]
    public void A_memo_is_in_use_on_its_thread_until_its_use_ends_and_uses_nest()
    {
        var outer = new RecoveryMemo();
        var inner = new RecoveryMemo();
        Assert.Null(RecoveryMemo.Current);
        using (outer.Use())
        {
            using (inner.Use())
                Assert.Same(inner, RecoveryMemo.Current);

            Assert.Same(outer, RecoveryMemo.Current);
            RecoveryMemo? elsewhere = outer;
            var thread = new Thread(() => elsewhere = RecoveryMemo.Current);
            thread.Start();
            thread.Join();
            Assert.Null(elsewhere);
        }

        Assert.Null(RecoveryMemo.Current);
        Alice.Sign(Hash).TryRecover(Hash);
        Assert.Equal(0, outer.Count + inner.Count);
    }

    [Fact]
    public void A_full_memo_forgets_and_goes_on()
    {
        var memo = new RecoveryMemo(capacity: 3);
        using IDisposable use = memo.Use();
        for (byte number = 0; number < 10; number++)
        {
            var hash = Keccak256.Hash([number]);
            Assert.Equal(Alice.PublicKey, Alice.Sign(hash).TryRecover(hash));
            Assert.InRange(memo.Count, 1, 3);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new RecoveryMemo(capacity: 0));
    }

    // The signature itself, each of its parts altered, and values that no key has made.
    private static IEnumerable<Signature> Signatures(Signature signature)
    {
        yield return signature;
        var bytes = new byte[Signature.Length];
        for (int index = 0; index < Signature.Length; index += 8)
        {
            signature.CopyTo(bytes);
            bytes[index] ^= 1;
            yield return Signature.FromBytes(bytes);
        }

        yield return signature with { R = UInt256.Zero };
        yield return signature with { S = UInt256.Zero };
        yield return signature with { R = Secp256k1.OrderValue };
        yield return signature with { S = Secp256k1.OrderValue - signature.S };
        yield return signature with { RecoveryId = 3 };
        yield return signature with { RecoveryId = 4 };
    }
}
