using System.Buffers.Binary;
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

    /// <summary>Hashes the inputs.</summary>
    public void Run()
    {
        Span<TVector> states = stackalloc TVector[KeccakPermutation.Lanes];
        Span<ulong> lanes = MemoryMarshal.Cast<TVector, ulong>(states);
        Span<Place> places = stackalloc Place[lanes.Length / states.Length];
        int working = 0;
        foreach (ref Place place in places)
            working += TakeNext(ref place) ? 1 : 0;

        while (working > 0)
        {
            for (int index = 0; index < places.Length; index++)
                Absorb(ref places[index], lanes[index..], places.Length);

            KeccakStates<TVector>.Permute(states);
            for (int index = 0; index < places.Length; index++)
            {
                if (places[index].IsFinished && !Squeeze(ref places[index], lanes[index..], places.Length))
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

    // The lanes of one state stand as far apart as there are places.
    private readonly void Absorb(ref Place place, scoped Span<ulong> lanes, int stride)
    {
        if (place.Input < 0)
            return;

        scoped ReadOnlySpan<byte> rest = _inputs[place.Input].Span[place.Absorbed..];
        Span<byte> last = stackalloc byte[KeccakSponge.RateBytes];
        if (rest.Length < KeccakSponge.RateBytes)
        {
            rest.CopyTo(last);
            KeccakSponge.Pad(last, rest.Length);
            rest = last;
            place.IsFinished = true;
        }

        for (int lane = 0; lane < KeccakSponge.RateBytes / sizeof(ulong); lane++)
            lanes[lane * stride] ^= BinaryPrimitives.ReadUInt64LittleEndian(rest[(lane * sizeof(ulong))..]);

        place.Absorbed += KeccakSponge.RateBytes;
    }

    // False where no input is left for the place.
    private bool Squeeze(ref Place place, scoped Span<ulong> lanes, int stride)
    {
        _hashes[place.Input] = KeccakSponge.HashOf(lanes[0], lanes[stride], lanes[2 * stride], lanes[3 * stride]);
        for (int lane = 0; lane < KeccakPermutation.Lanes; lane++)
            lanes[lane * stride] = 0;

        return TakeNext(ref place);
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
