using System.Globalization;
using DerChain.Chain.Primitives;

namespace DerChain.Testing.Simulation;

/// <summary>What happened: a digest of all events, and the last of them in words.</summary>
/// <threadsafety>Single owner.</threadsafety>
internal sealed class EventLog(ulong startUnixMilliseconds)
{
    private const int Kept = 50;
    private const ulong Prime = 0x100000001B3;

    private readonly Entry[] _last = new Entry[Kept];

    /// <summary>Events so far.</summary>
    public ulong Count { get; private set; }

    /// <summary>A digest of all events: equal for equal runs.</summary>
    public ulong Digest { get; private set; } = 0xCBF29CE484222325;

    /// <summary>Notes an event. Words are made when they are asked for.</summary>
    /// <param name="now">Virtual time.</param>
    /// <param name="place">Where it happened: the name of a node.</param>
    /// <param name="what">What happened: an object that says so in words.</param>
    /// <param name="number">Number of the place's head after it.</param>
    /// <param name="head">The place's head after it.</param>
    public void Note(ulong now, string place, object what, ulong number = 0, Hash256 head = default)
    {
        _last[Count % Kept] = new Entry(now, place, what, number, head);
        Count++;
        Mix(now);
        Mix(number);
        foreach (char letter in place)
            Mix(letter);

        Span<byte> bytes = stackalloc byte[Hash256.Length];
        head.CopyTo(bytes);
        Mix(BitConverter.ToUInt64(bytes));
    }

    /// <summary>The last events, oldest first, one line each.</summary>
    public IEnumerable<string> Last()
    {
        ulong first = Count > Kept ? Count - Kept : 0;
        for (ulong i = first; i < Count; i++)
            yield return Line(_last[i % Kept]);
    }

    private string Line(Entry entry)
    {
        string time = ((entry.Now - startUnixMilliseconds) / 1000m).ToString("0.000", CultureInfo.InvariantCulture);
        string head = entry.Head.IsZero ? "" : $" | head {entry.Number} {entry.Head.ToString()[..10]}";
        return $"  {time,10} s  {entry.Place}: {entry.What}{head}";
    }

    private void Mix(ulong value) => Digest = unchecked((Digest ^ value) * Prime);

    private readonly record struct Entry(ulong Now, string Place, object What, ulong Number, Hash256 Head);
}
