using System.Buffers.Binary;
using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Codec;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Settlement;

/// <summary>What is paid on one line for one interval.</summary>
/// <param name="Line">The line.</param>
/// <param name="Interval">The five-minute interval; of a retroactive charge, the period of its event.</param>
/// <param name="QuantityWattSeconds">Energy (+ injection) or reserve held, watt-seconds; negative for reserve whose payment is taken back.</param>
/// <param name="PriceMicroUsdPerMWh">Price, micro-dollars per MWh, or per MW and hour of reserve. Of a charge it is rounded for print: it is a mean of prices.</param>
/// <param name="Amount">What is paid to the aggregator: quantity times price, where the price is not rounded.</param>
public sealed record StatementLine(
    SettlementLine Line, MarketInterval Interval, long QuantityWattSeconds, long PriceMicroUsdPerMWh, SettlementAmount Amount)
{
    private const int Fields = 7;
    private const int AmountBytes = 16;

    /// <summary>Hashes of the awards, dispatch and activation that it was computed from.</summary>
    public ImmutableArray<Hash256> Evidence { get; init; } = [];

    /// <summary>The line's one encoding, the leaf that a statement's root commits to: a MessagePack array of line, start, duration, quantity, price, amount (16
    /// bytes, two's complement, most significant first) and evidence.</summary>
    public byte[] ToBytes()
    {
        Span<byte> amount = stackalloc byte[AmountBytes];
        BinaryPrimitives.WriteInt128BigEndian(amount, Amount.Units);
        var writer = new CanonicalWriter();
        writer.WriteArrayHeader(Fields);
        writer.Write((int)Line);
        writer.Write(Interval);
        writer.Write(QuantityWattSeconds);
        writer.Write(PriceMicroUsdPerMWh);
        writer.Write(amount);
        writer.WriteArrayHeader(Evidence.Length);
        foreach (Hash256 record in Evidence) writer.Write(record);
        return writer.Written.ToArray();
    }

    /// <summary>A line at a price that records state.</summary>
    internal static StatementLine Of(
        SettlementLine line, MarketInterval interval, long quantityWattSeconds, long priceMicroUsdPerMWh, ImmutableArray<Hash256> evidence) =>
        new(line, interval, quantityWattSeconds, priceMicroUsdPerMWh, SettlementAmount.Of(quantityWattSeconds, priceMicroUsdPerMWh))
        {
            Evidence = evidence,
        };

    /// <summary>A charge whose price follows from its amount.</summary>
    internal static StatementLine Charge(
        SettlementLine line, MarketInterval interval, long quantityWattSeconds, SettlementAmount charge, ImmutableArray<Hash256> evidence) =>
        new(line, interval, -quantityWattSeconds, charge.PriceOf(quantityWattSeconds), -charge) { Evidence = evidence };
}
