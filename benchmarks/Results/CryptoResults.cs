using DerChain.Benchmarks.Crypto;
using DerChain.Chain.Crypto.Hashing;

namespace DerChain.Benchmarks.Results;

/// <summary>Signatures and hashes, against BouncyCastle and, where it is installed, libsecp256k1.</summary>
internal static class CryptoResults
{
    private const int Rounds = 25;
    private const double SecondsPerWay = 0.02;
    private const string Native = "libsecp256k1";
    private const string BouncyCastle = "BouncyCastle";
    private const string OneAtATime = "own, one at a time";

    public static IEnumerable<ResultTable> Tables()
    {
        var signatures = new Signatures();
        signatures.Setup();
        yield return Recover(signatures);
        yield return VerifyKnown(signatures);
        foreach (int bytes in new[] { 32, 200, 1_024 })
            yield return HashOne(bytes);

        foreach (int bytes in new[] { 100, 500 })
            yield return HashMany(bytes);
    }

    private static ResultTable Recover(Signatures signatures)
    {
        List<Way> ways =
        [
            new(BouncyCastle, signatures.RecoverByBouncyCastle, Signatures.Signers),
            new(OneAtATime, signatures.Recover, Signatures.Signers),
            new("own, in batches, one by one", signatures.RecoverOneByOne, Signatures.Signers),
            new("own, in batches, by the best path", signatures.RecoverByBestPath, Signatures.Signers),
        ];
        if (signatures.HasNative)
            ways.Add(new(Native, signatures.RecoverByLibsecp256k1, Signatures.Signers));

        Measured[] measured = Interleaved.Measure(ways, Rounds, SecondsPerWay);
        List<Bar> bars = [Bar.AtLeast(3, 1 / measured[1].Ratio, "times BouncyCastle's speed")];
        if (signatures.HasNative)
            bars.Add(Bar.AtMost(1.3, measured[1].Ratio / measured[^1].Ratio, "times libsecp256k1's time"));

        return ResultTable.Of(
            "Recover the signer of a signature, 100 signers in turn", measured, new Dictionary<string, Bar[]> { [OneAtATime] = [.. bars] }, NativeRemark(signatures));
    }

    private static ResultTable VerifyKnown(Signatures signatures)
    {
        const string Own = "own, known signer";
        List<Way> ways =
        [
            new($"{BouncyCastle}, recover", signatures.VerifyByBouncyCastle, Signatures.Signers), new(Own, signatures.VerifyKnown, Signatures.Signers),
        ];
        if (signatures.HasNative)
            ways.Add(new($"{Native}, verify", signatures.VerifyByLibsecp256k1, Signatures.Signers));

        Measured[] measured = Interleaved.Measure(ways, Rounds, SecondsPerWay);
        var bars = new Dictionary<string, Bar[]>();
        if (signatures.HasNative)
            bars[Own] = [Bar.AtMost(0.9, measured[1].Ratio / measured[^1].Ratio, "times libsecp256k1's time")];

        return ResultTable.Of("Verify a signature of a known signer, 100 signers in turn", measured, bars, NativeRemark(signatures));
    }

    private static ResultTable HashOne(int bytes)
    {
        var hash = new Crypto.HashOne { Bytes = bytes };
        hash.Setup();
        const string Own = "own";
        Measured[] measured = Interleaved.Measure([new(BouncyCastle, () => hash.BouncyCastle()), new(Own, () => hash.DerChain())], Rounds, SecondsPerWay);
        var bars = new Dictionary<string, Bar[]> { [Own] = [Bar.AtMost(1, measured[1].Ratio, "times BouncyCastle's time")] };
        return ResultTable.Of($"Keccak-256 of {bytes} bytes", measured, bars);
    }

    private static ResultTable HashMany(int bytes)
    {
        var hash = new Crypto.HashMany { Bytes = bytes };
        hash.Setup();
        List<Way> ways = [new(BouncyCastle, () => hash.BouncyCastle(), 8), .. Crypto.HashMany.Paths.Select(path => new Way($"own, {path}", () => hash.Hash(path), 8))];
        Measured[] measured = Interleaved.Measure(ways, Rounds, SecondsPerWay);
        var bars = new Dictionary<string, Bar[]>();
        if (Crypto.HashMany.Paths.Contains(KeccakPath.EightAtOnce))
            bars[measured[^1].Name] = [Bar.AtLeast(5, 1 / measured[^1].Ratio, "times BouncyCastle's speed")];

        return ResultTable.Of($"Keccak-256 of eight inputs of {bytes} bytes, for one", measured, bars);
    }

    private static string NativeRemark(Signatures signatures) =>
        signatures.HasNative ? "libsecp256k1 is Debian's." : "libsecp256k1 is not installed (Debian: libsecp256k1-1); its rows are left out.";
}
