using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Crypto.Hashing;

/// <summary>Hashes many inputs side by side, each in a place of its own in the vectors. A place that is done takes the next input, so that lengths may differ.</summary>
/// <typeparam name="TVector">Holds the same lane of every state.</typeparam>
internal ref struct KeccakBatch<TVector>(ReadOnlySpan<ReadOnlyMemory<byte>> inputs, Span<Hash256> hashes)
    where TVector : unmanaged
{
    private readonly ReadOnlySpan<ReadOnlyMemory<byte>> _inputs = inputs;
    private readonly Span<Hash256> _hashes = hashes;
    private int _next;

    // Places; the lanes of one state stand as far apart.
    private static int Width => Unsafe.SizeOf<TVector>() / sizeof(ulong);

    /// <summary>Hashes the inputs.</summary>
    public void Run()
    {
        Span<TVector> states = stackalloc TVector[KeccakPermutation.Lanes];
        Span<ulong> lanes = MemoryMarshal.Cast<TVector, ulong>(states);
        Span<Place> places = stackalloc Place[Width];
        int working = 0;
        foreach (ref Place place in places)
            working += TakeNext(ref place) ? 1 : 0;

        while (working > 0)
        {
            for (int index = 0; index < places.Length; index++)
                Absorb(ref places[index], lanes[index..]);

            KeccakStates<TVector>.Permute(states);
            for (int index = 0; index < places.Length; index++)
            {
                if (places[index].IsFinished && !Squeeze(ref places[index], lanes[index..]))
                    working--;
            }
        }
    }

    private bool TakeNext(ref Place place)
    {
        bool isWorking = _next < _inputs.Length;
        place = new Place { Input = isWorking ? _next++ : -1 };
        return isWorking;
    }

    private readonly void Absorb(ref Place place, scoped Span<ulong> lanes)
    {
        if (place.Input < 0)
            return;

        ReadOnlySpan<byte> rest = _inputs[place.Input].Span[place.Absorbed..];
        place.IsFinished = rest.Length < KeccakSponge.RateBytes;
        place.Absorbed += KeccakSponge.RateBytes;
        Xor(lanes, place.IsFinished ? rest : rest[..KeccakSponge.RateBytes]);
        if (place.IsFinished)
            Pad(lanes, rest);
    }

    // The whole words of a block. A machine with such vectors is little-endian, as Keccak is.
    private static void Xor(Span<ulong> lanes, ReadOnlySpan<byte> block)
    {
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(block);
        for (int index = 0; index < words.Length; index++)
            lanes[unchecked(index * Width)] ^= words[index];
    }

    // The word behind them: the bytes that are left, and the padding.
    private static void Pad(Span<ulong> lanes, ReadOnlySpan<byte> block)
    {
        int whole = block.Length / sizeof(ulong);
        ulong word = 1;
        for (int index = block.Length - 1; index >= whole * sizeof(ulong); index--)
            word = (word << 8) | block[index];

        lanes[whole * Width] ^= word;
        lanes[(KeccakSponge.RateBytes / sizeof(ulong) - 1) * Width] ^= 0x80UL << 56;
    }

    // False where no input is left for the place.
    private bool Squeeze(ref Place place, scoped Span<ulong> lanes)
    {
        _hashes[place.Input] = KeccakSponge.HashOf(lanes[0], lanes[Width], lanes[2 * Width], lanes[3 * Width]);
        if (!TakeNext(ref place))
            return false;

        for (int lane = 0; lane < lanes.Length; lane += Width)
            lanes[lane] = 0;

        return true;
    }

    private struct Place
    {
        /// <summary>Index of the input at work; negative for none.</summary>
        public int Input;

        /// <summary>Bytes of it that are in the state.</summary>
        public int Absorbed;

        /// <summary>Whether the padded last block is in.</summary>
        public bool IsFinished;
    }
}
