using DerChain.Chain.Primitives;
using DerChain.Market.Ledger;
using DerChain.Market.Quantities;

namespace DerChain.Market.Verification;

/// <summary>One record of telemetry that readings came from, and what became of it.</summary>
/// <param name="entry">The record, or the correction in its place.</param>
/// <param name="prosumer">Account of the prosumer whose devices report.</param>
/// <param name="interval">Interval of the readings.</param>
internal sealed class ReadingRecord(LedgerEntry entry, Address prosumer, MarketInterval interval)
{
    public RecordLocation Location { get; } = entry.Location;

    public Address Sender { get; } = entry.Sender;

    public Address Receiver { get; } = entry.Receiver;

    public Address Prosumer { get; } = prosumer;

    public Hash256 Hash { get; } = entry.RecordHash;

    public MarketInterval Interval { get; } = interval;

    /// <summary>0 for the first record, else the number of the correction.</summary>
    public int Revision { get; init; }

    /// <summary>Of the first record: its latest correction; null where there is none.</summary>
    public ReadingRecord? Latest { get; set; }
}
