using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Crypto.Hashing;

/// <summary>Keccak-256 of bytes that come in parts, without an allocation. A local variable, or a field: a copy goes its own way.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal struct KeccakSponge
{
    /// <summary>Bytes that one permutation takes in.</summary>
    public const int RateBytes = 136;

    private State _state;
    private Block _block;
    private int _filled;

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> input)
    {
        if (_filled + input.Length >= RateBytes)
            input = AbsorbWholeBlocks(input);

        input.CopyTo(_block[_filled..]);
        _filled += input.Length;
    }

    /// <summary>The hash of all bytes taken; the sponge starts anew.</summary>
    public Hash256 Finish()
    {
        Pad(_block, _filled);
        Absorb(_block);
        Hash256 hash = HashOf(_state[0], _state[1], _state[2], _state[3]);
        _state = default;
        _filled = 0;
        return hash;
    }

    /// <summary>Fills up the last block behind its bytes, of which there are fewer than <see cref="RateBytes"/>.</summary>
    public static void Pad(Span<byte> block, int length)
    {
        block[length..].Clear();
        block[length] = 0x01;
        block[RateBytes - 1] |= 0x80;
    }

    /// <summary>The hash that stands in the first lanes of a state.</summary>
    public static Hash256 HashOf(ulong first, ulong second, ulong third, ulong fourth) => Hash256.FromWords(
        BinaryPrimitives.ReverseEndianness(first), BinaryPrimitives.ReverseEndianness(second),
        BinaryPrimitives.ReverseEndianness(third), BinaryPrimitives.ReverseEndianness(fourth));

    // What is left behind the last whole block.
    private ReadOnlySpan<byte> AbsorbWholeBlocks(ReadOnlySpan<byte> input)
    {
        if (_filled > 0)
        {
            int taken = RateBytes - _filled;
            input[..taken].CopyTo(_block[_filled..]);
            Absorb(_block);
            input = input[taken..];
            _filled = 0;
        }

        for (; input.Length >= RateBytes; input = input[RateBytes..])
            Absorb(input[..RateBytes]);

        return input;
    }

    private void Absorb(ReadOnlySpan<byte> block)
    {
        Span<ulong> state = _state;
        for (int lane = 0; lane < RateBytes / sizeof(ulong); lane++)
            state[lane] ^= BinaryPrimitives.ReadUInt64LittleEndian(block[(lane * sizeof(ulong))..]);

        KeccakPermutation.Permute(state);
    }

    [InlineArray(KeccakPermutation.Lanes)]
    private struct State
    {
        private ulong _first;
    }

    [InlineArray(RateBytes)]
    private struct Block
    {
        private byte _first;
    }
}
