using DerChain.Market.Records;

namespace DerChain.Market.Codec;

/// <summary>Order of the fields of the records of Tables I and II and of the activation of reserve (docs/spec/record-codec.md).</summary>
internal static class TradeLayout
{
    private const int BodyFields = 2;
    private const int BidFields = 9;
    private const int AwardFields = 6;
    private const int DispatchFields = 6;
    private const int ActivationFields = 5;

    public static void Write(CanonicalWriter writer, DayAheadBid bid)
    {
        writer.WriteArrayHeader(BodyFields);
        writer.WriteName(bid.Aggregation.Value);
        RowLayout.Write(writer, bid.Rows, WriteBid);
    }

    public static void Write(CanonicalWriter writer, RealTimeBid bid)
    {
        writer.WriteArrayHeader(BodyFields);
        writer.WriteName(bid.Aggregation.Value);
        RowLayout.Write(writer, bid.Rows, WriteBid);
    }

    public static void Write(CanonicalWriter writer, DayAheadAward award)
    {
        writer.WriteArrayHeader(BodyFields);
        writer.WriteName(award.Aggregation.Value);
        RowLayout.Write(writer, award.Rows, WriteAward);
    }

    public static void Write(CanonicalWriter writer, FifteenMinuteAward award)
    {
        writer.WriteArrayHeader(BodyFields);
        writer.WriteName(award.Aggregation.Value);
        RowLayout.Write(writer, award.Rows, WriteAward);
    }

    public static void Write(CanonicalWriter writer, DispatchInstruction dispatch)
    {
        writer.WriteArrayHeader(BodyFields);
        writer.WriteName(dispatch.Aggregation.Value);
        RowLayout.Write(writer, dispatch.Rows, WriteDispatch);
    }

    public static void Write(CanonicalWriter writer, ReserveActivation activation)
    {
        writer.WriteArrayHeader(ActivationFields);
        writer.WriteName(activation.Aggregation.Value);
        writer.WriteName(activation.Activation.Value);
        writer.Write(activation.Period);
        writer.Write(activation.RequestedW);
    }

    public static DayAheadBid ReadDayAheadBid(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(BodyFields);
        return new DayAheadBid(reader.ReadAggregationId(), RowLayout.Read(ref reader, ReadBid));
    }

    public static RealTimeBid ReadRealTimeBid(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(BodyFields);
        return new RealTimeBid(reader.ReadAggregationId(), RowLayout.Read(ref reader, ReadBid));
    }

    public static DayAheadAward ReadDayAheadAward(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(BodyFields);
        return new DayAheadAward(reader.ReadAggregationId(), RowLayout.Read(ref reader, ReadAward));
    }

    public static FifteenMinuteAward ReadFifteenMinuteAward(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(BodyFields);
        return new FifteenMinuteAward(reader.ReadAggregationId(), RowLayout.Read(ref reader, ReadAward));
    }

    public static DispatchInstruction ReadDispatchInstruction(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(BodyFields);
        return new DispatchInstruction(reader.ReadAggregationId(), RowLayout.Read(ref reader, ReadDispatch));
    }

    public static ReserveActivation ReadReserveActivation(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(ActivationFields);
        return new ReserveActivation(
            reader.ReadAggregationId(), reader.ReadActivationId(), reader.ReadInterval(), requestedW: reader.ReadInt64());
    }

    private static void WriteBid(CanonicalWriter writer, BidBlock block)
    {
        writer.WriteArrayHeader(BidFields);
        writer.Write(block.Interval);
        writer.Write(block.Block);
        writer.Write(block.EnergyPriceMicroUsdPerMWh);
        writer.Write(block.EnergyQuantityW);
        writer.Write(block.SpinPriceMicroUsdPerMWh);
        writer.Write(block.SpinQuantityW);
        writer.WriteOptional(block.LoadQuantityW);
        writer.WriteOptional(block.ReferenceLoadQuantityW);
    }

    private static BidBlock ReadBid(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(BidFields);
        return new BidBlock(
            reader.ReadInterval(),
            Block: reader.ReadByte(),
            EnergyPriceMicroUsdPerMWh: reader.ReadInt64(),
            EnergyQuantityW: reader.ReadInt64(),
            SpinPriceMicroUsdPerMWh: reader.ReadInt64(),
            SpinQuantityW: reader.ReadInt64(),
            LoadQuantityW: reader.ReadOptionalInt64(),
            ReferenceLoadQuantityW: reader.ReadOptionalInt64());
    }

    private static void WriteAward(CanonicalWriter writer, AwardRow award)
    {
        writer.WriteArrayHeader(AwardFields);
        writer.Write(award.Interval);
        writer.Write(award.EnergyPriceMicroUsdPerMWh);
        writer.Write(award.EnergyW);
        writer.Write(award.SpinPriceMicroUsdPerMWh);
        writer.Write(award.SpinAwardW);
    }

    private static AwardRow ReadAward(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(AwardFields);
        return new AwardRow(
            reader.ReadInterval(),
            EnergyPriceMicroUsdPerMWh: reader.ReadInt64(),
            EnergyW: reader.ReadInt64(),
            SpinPriceMicroUsdPerMWh: reader.ReadInt64(),
            SpinAwardW: reader.ReadInt64());
    }

    private static void WriteDispatch(CanonicalWriter writer, DispatchRow dispatch)
    {
        writer.WriteArrayHeader(DispatchFields);
        writer.Write(dispatch.Interval);
        writer.Write(dispatch.EnergyPriceMicroUsdPerMWh);
        writer.Write(dispatch.EnergyW);
        writer.Write(dispatch.SpinDeploymentPriceMicroUsdPerMWh);
        writer.Write(dispatch.SpinDeployedW);
    }

    private static DispatchRow ReadDispatch(ref CanonicalReader reader)
    {
        reader.ReadArrayHeader(DispatchFields);
        return new DispatchRow(
            reader.ReadInterval(),
            EnergyPriceMicroUsdPerMWh: reader.ReadInt64(),
            EnergyW: reader.ReadInt64(),
            SpinDeploymentPriceMicroUsdPerMWh: reader.ReadInt64(),
            SpinDeployedW: reader.ReadInt64());
    }
}
