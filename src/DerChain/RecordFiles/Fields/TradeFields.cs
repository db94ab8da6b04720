using DerChain.Market.Records;

namespace DerChain.RecordFiles.Fields;

/// <summary>The fields of the records of Tables I and II and of the activation of reserve.</summary>
internal static class TradeFields
{
    public static DayAheadBid DayAheadBid(RecordFields fields, DayAheadBid? bid) =>
        new(fields.Aggregation(bid?.Aggregation), fields.Rows("rows", bid?.Rows, Bid));

    public static RealTimeBid RealTimeBid(RecordFields fields, RealTimeBid? bid) =>
        new(fields.Aggregation(bid?.Aggregation), fields.Rows("rows", bid?.Rows, Bid));

    public static DayAheadAward DayAheadAward(RecordFields fields, DayAheadAward? award) =>
        new(fields.Aggregation(award?.Aggregation), fields.Rows("rows", award?.Rows, Award));

    public static FifteenMinuteAward FifteenMinuteAward(RecordFields fields, FifteenMinuteAward? award) =>
        new(fields.Aggregation(award?.Aggregation), fields.Rows("rows", award?.Rows, Award));

    public static DispatchInstruction DispatchInstruction(RecordFields fields, DispatchInstruction? dispatch) =>
        new(fields.Aggregation(dispatch?.Aggregation), fields.Rows("rows", dispatch?.Rows, Dispatch));

    public static ReserveActivation ReserveActivation(RecordFields fields, ReserveActivation? activation) => new(
        fields.Aggregation(activation?.Aggregation),
        fields.Required("activation", activation?.Activation, FieldForms.Activation),
        fields.Period(activation?.Period),
        fields.Int64("requestedW", activation?.RequestedW));

    private static BidBlock Bid(RecordFields fields, BidBlock? bid) => new(
        fields.Interval(bid?.Interval),
        fields.Required("block", bid?.Block, FieldForms.Byte),
        fields.Int64("energyPriceMicroUsdPerMWh", bid?.EnergyPriceMicroUsdPerMWh),
        fields.Int64("energyQuantityW", bid?.EnergyQuantityW),
        fields.Int64("spinPriceMicroUsdPerMWh", bid?.SpinPriceMicroUsdPerMWh),
        fields.Int64("spinQuantityW", bid?.SpinQuantityW),
        fields.OptionalInt64("loadQuantityW", bid?.LoadQuantityW),
        fields.OptionalInt64("referenceLoadQuantityW", bid?.ReferenceLoadQuantityW));

    private static AwardRow Award(RecordFields fields, AwardRow? award) => new(
        fields.Interval(award?.Interval),
        fields.Int64("energyPriceMicroUsdPerMWh", award?.EnergyPriceMicroUsdPerMWh),
        fields.Int64("energyW", award?.EnergyW),
        fields.Int64("spinPriceMicroUsdPerMWh", award?.SpinPriceMicroUsdPerMWh),
        fields.Int64("spinAwardW", award?.SpinAwardW));

    private static DispatchRow Dispatch(RecordFields fields, DispatchRow? dispatch) => new(
        fields.Interval(dispatch?.Interval),
        fields.Int64("energyPriceMicroUsdPerMWh", dispatch?.EnergyPriceMicroUsdPerMWh),
        fields.Int64("energyW", dispatch?.EnergyW),
        fields.Int64("spinDeploymentPriceMicroUsdPerMWh", dispatch?.SpinDeploymentPriceMicroUsdPerMWh),
        fields.Int64("spinDeployedW", dispatch?.SpinDeployedW));
}
