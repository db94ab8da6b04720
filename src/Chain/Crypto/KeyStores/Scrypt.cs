using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace DerChain.Chain.Crypto.KeyStores;

/// <summary>scrypt (RFC 7914). Names are those of the RFC; see docs/adr/0013-own-scrypt.md for why it is here.</summary>
internal static class Scrypt
{
    private const int BlockBytes = 64;
    private const int VectorsPerBlock = BlockBytes / 16;

    /// <summary>Derives a key from a password. The memory that held what follows from the password is zeroed.</summary>
    public static void DeriveKey(ReadOnlySpan<byte> password, ReadOnlySpan<byte> salt, ScryptParameters parameters, Span<byte> derivedKey)
    {
        int laneBytes = 2 * parameters.R * BlockBytes;
        var lanes = new byte[parameters.P * laneBytes];
        Vector128<uint>[] table = GC.AllocateUninitializedArray<Vector128<uint>>(parameters.N * 2 * parameters.R * VectorsPerBlock);
        try
        {
            Rfc2898DeriveBytes.Pbkdf2(password, salt, lanes, 1, HashAlgorithmName.SHA256);
            for (int lane = 0; lane < parameters.P; lane++)
                RoMix(lanes.AsSpan(lane * laneBytes, laneBytes), parameters.N, table);

            Rfc2898DeriveBytes.Pbkdf2(password, lanes, derivedKey, 1, HashAlgorithmName.SHA256);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(lanes);
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(table.AsSpan()));
        }
    }

    // scryptROMix, RFC 7914, section 5: fill the table, then read it at places that depend on what was read before.
    private static void RoMix(Span<byte> lane, int n, Vector128<uint>[] table)
    {
        var x = new Vector128<uint>[lane.Length / 16];
        var y = new Vector128<uint>[x.Length];
        ToDiagonals(lane, x);
        for (int index = 0; index < n; index++)
        {
            x.CopyTo(table, index * x.Length);
            BlockMix(x, y);
            (x, y) = (y, x);
        }

        for (int index = 0; index < n; index++)
        {
            int place = (int)(x[^VectorsPerBlock].ToScalar() & (uint)(n - 1));
            Xor(x, table.AsSpan(place * x.Length, x.Length));
            BlockMix(x, y);
            (x, y) = (y, x);
        }

        FromDiagonals(x, lane);
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(x.AsSpan()));
        CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(y.AsSpan()));
    }

    // scryptBlockMix, section 4: the blocks of even index go to the first half, those of odd index to the second.
    private static void BlockMix(ReadOnlySpan<Vector128<uint>> input, Span<Vector128<uint>> output)
    {
        ReadOnlySpan<Vector128<uint>> last = input[^VectorsPerBlock..];
        (Vector128<uint> a, Vector128<uint> b, Vector128<uint> c, Vector128<uint> d) = (last[0], last[1], last[2], last[3]);
        int half = output.Length / 2;
        for (int block = 0; block < input.Length / VectorsPerBlock; block++)
        {
            ReadOnlySpan<Vector128<uint>> source = input.Slice(block * VectorsPerBlock, VectorsPerBlock);
            a ^= source[0];
            b ^= source[1];
            c ^= source[2];
            d ^= source[3];
            Salsa20Of8Rounds(ref a, ref b, ref c, ref d);
            Span<Vector128<uint>> target = output.Slice((block % 2 * half) + (block / 2 * VectorsPerBlock), VectorsPerBlock);
            target[0] = a;
            target[1] = b;
            target[2] = c;
            target[3] = d;
        }
    }

    // Section 3. Quarter rounds of the four columns, then of the four rows, four times.
    private static void Salsa20Of8Rounds(ref Vector128<uint> a, ref Vector128<uint> b, ref Vector128<uint> c, ref Vector128<uint> d)
    {
        (Vector128<uint> a0, Vector128<uint> b0, Vector128<uint> c0, Vector128<uint> d0) = (a, b, c, d);
        for (int round = 0; round < 8; round++)
        {
            b ^= RotateBits(a + d, 7);
            c ^= RotateBits(b + a, 9);
            d ^= RotateBits(c + b, 13);
            a ^= RotateBits(d + c, 18);
            // In diagonals the same exchange leads from columns to rows and back.
            (b, c, d) = (
                Vector128.Shuffle(d, Vector128.Create(1u, 2, 3, 0)),
                Vector128.Shuffle(c, Vector128.Create(2u, 3, 0, 1)),
                Vector128.Shuffle(b, Vector128.Create(3u, 0, 1, 2)));
        }

        a += a0;
        b += b0;
        c += c0;
        d += d0;
    }

    private static Vector128<uint> RotateBits(Vector128<uint> words, int count) => (words << count) | (words >>> (32 - count));

    private static void Xor(Span<Vector128<uint>> target, ReadOnlySpan<Vector128<uint>> source)
    {
        for (int index = 0; index < target.Length; index++)
            target[index] ^= source[index];
    }

    // The 4 by 4 words of a block, turned so that its diagonals are vectors: a quarter round of Salsa20 is then one operation on four columns.
    private static void ToDiagonals(ReadOnlySpan<byte> lane, Span<Vector128<uint>> x)
    {
        Span<uint> words = MemoryMarshal.Cast<Vector128<uint>, uint>(x);
        for (int index = 0; index < words.Length; index++)
            words[index] = BinaryPrimitives.ReadUInt32LittleEndian(lane[(sizeof(uint) * PlaceInLane(index))..]);
    }

    private static void FromDiagonals(ReadOnlySpan<Vector128<uint>> x, Span<byte> lane)
    {
        ReadOnlySpan<uint> words = MemoryMarshal.Cast<Vector128<uint>, uint>(x);
        for (int index = 0; index < words.Length; index++)
            BinaryPrimitives.WriteUInt32LittleEndian(lane[(sizeof(uint) * PlaceInLane(index))..], words[index]);
    }

    // Vector v of a block holds the words 4v, 4v + 5, 4v + 10, 4v + 15, modulo 16.
    private static int PlaceInLane(int index) => (index & ~15) | (((index & 12) + (5 * (index & 3))) & 15);
}
