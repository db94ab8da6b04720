using System.Runtime.InteropServices;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;

namespace DerChain.Benchmarks.Crypto;

/// <summary>The same signatures for libsecp256k1, by P/Invoke: only measured against, never shipped.</summary>
internal sealed class NativeSignatures
{
    private const string Library = "secp256k1";
    private const uint SignAndVerify = 0x301;

    private readonly nint _context = secp256k1_context_create(SignAndVerify);
    private readonly byte[][] _hashes, _signatures, _keys;
    private readonly byte[] _parsed = new byte[65], _recovered = new byte[64];

    private NativeSignatures(int count)
    {
        _hashes = new byte[count][];
        _signatures = new byte[count][];
        _keys = new byte[count][];
    }

    static NativeSignatures() => NativeLibrary.SetDllImportResolver(
        typeof(NativeSignatures).Assembly, static (name, _, _) => name == Library && TryFind(out nint handle) ? handle : 0);

    /// <summary>Null where the library is not installed.</summary>
    public static NativeSignatures? TryLoad(int count) => TryFind(out _) ? new NativeSignatures(count) : null;

    public void Set(int index, Hash256 hash, Signature signature, PublicKey key)
    {
        _hashes[index] = hash.ToBytes();
        _signatures[index] = new byte[Signature.Length];
        signature.CopyTo(_signatures[index]);
        _keys[index] = new byte[64];
        byte[] encoded = [4, .. key.ToBytes()];
        if (secp256k1_ec_pubkey_parse(_context, _keys[index], encoded, (nuint)encoded.Length) != 1)
            throw new InvalidOperationException("libsecp256k1 refuses a key.");
    }

    public bool Recover(int index) =>
        secp256k1_ecdsa_recoverable_signature_parse_compact(_context, _parsed, _signatures[index], _signatures[index][64]) == 1
        && secp256k1_ecdsa_recover(_context, _recovered, _parsed, _hashes[index]) == 1;

    public bool Verify(int index) =>
        secp256k1_ecdsa_signature_parse_compact(_context, _parsed, _signatures[index]) == 1
        && secp256k1_ecdsa_verify(_context, _parsed, _hashes[index], _keys[index]) == 1;

    private static bool TryFind(out nint handle) =>
        NativeLibrary.TryLoad("libsecp256k1.so.1", out handle) || NativeLibrary.TryLoad("libsecp256k1.so.2", out handle);

    [DllImport(Library)]
    private static extern nint secp256k1_context_create(uint flags);

    [DllImport(Library)]
    private static extern int secp256k1_ec_pubkey_parse(nint context, byte[] key, byte[] input, nuint length);

    [DllImport(Library)]
    private static extern int secp256k1_ecdsa_recoverable_signature_parse_compact(nint context, byte[] signature, byte[] input, int id);

    [DllImport(Library)]
    private static extern int secp256k1_ecdsa_recover(nint context, byte[] key, byte[] signature, byte[] hash);

    [DllImport(Library)]
    private static extern int secp256k1_ecdsa_signature_parse_compact(nint context, byte[] signature, byte[] input);

    [DllImport(Library)]
    private static extern int secp256k1_ecdsa_verify(nint context, byte[] signature, byte[] hash, byte[] key);
}
