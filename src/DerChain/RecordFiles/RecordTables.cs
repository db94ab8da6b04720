using System.Collections.Immutable;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.RecordFiles;

/// <summary>The files of a day's records (docs/record-files.md).</summary>
internal static class RecordTables
{
    /// <summary>All of them, in the order of Tables I to IV.</summary>
    public static readonly ImmutableArray<RecordTable> All =
    [
        Trade("day-ahead-bids.csv", RecordKind.DayAheadBid, TradeLayouts.DayAheadBid),
        Trade("real-time-bids.csv", RecordKind.RealTimeBid, TradeLayouts.RealTimeBid),
        Trade("day-ahead-awards.csv", RecordKind.DayAheadAward, TradeLayouts.DayAheadAward),
        Trade("fifteen-minute-awards.csv", RecordKind.FifteenMinuteAward, TradeLayouts.FifteenMinuteAward),
        Trade("dispatch-instructions.csv", RecordKind.DispatchInstruction, TradeLayouts.Dispatch),
        new("reserve-activations.csv", RecordKind.ReserveActivation, null, HeadLayouts.Activation, TradeLayouts.Nothing),
        Control("control-air-conditioners.csv", ResourceKind.AirConditioner, ControlLayouts.AirConditioner),
        Control("control-batteries.csv", ResourceKind.Battery, ControlLayouts.Battery),
        Control("control-charging-stations.csv", ResourceKind.ChargingStation, ControlLayouts.ChargingStation),
        Telemetry("telemetry-meters.csv", ResourceKind.Meter, TelemetryLayouts.Meter),
        Telemetry("telemetry-solar.csv", ResourceKind.Solar, TelemetryLayouts.Solar),
        Telemetry("telemetry-air-conditioners.csv", ResourceKind.AirConditioner, TelemetryLayouts.AirConditioner),
        Telemetry("telemetry-batteries.csv", ResourceKind.Battery, TelemetryLayouts.Battery),
        Telemetry("telemetry-charging-stations.csv", ResourceKind.ChargingStation, TelemetryLayouts.ChargingStation),
    ];

    private static readonly ImmutableDictionary<(RecordKind Kind, ResourceKind? Device), RecordTable> ByContent =
        All.ToImmutableDictionary(static table => (table.Kind, table.Device));

    /// <summary>The rows of a record with the file each belongs to.</summary>
    public static IEnumerable<(RecordTable Table, object Row)> RowsOf(MarketRecord record) => record switch
    {
        DayAheadBid bid => Rows(bid, bid.Rows),
        RealTimeBid bid => Rows(bid, bid.Rows),
        DayAheadAward award => Rows(award, award.Rows),
        FifteenMinuteAward award => Rows(award, award.Rows),
        DispatchInstruction dispatch => Rows(dispatch, dispatch.Rows),
        ReserveActivation call => Rows(call, [call]),
        ControlCommand command => command.Rows.Select(row => (ByContent[(command.Kind, row.ResourceKind)], (object)row)),
        Telemetry report => report.Rows.Select(row => (ByContent[(report.Kind, row.ResourceKind)], (object)row)),
        _ => throw new ArgumentException($"{record.Kind} has no file.", nameof(record)),
    };

    private static IEnumerable<(RecordTable Table, object Row)> Rows<T>(MarketRecord record, ImmutableArray<T> rows)
        where T : class => rows.Select(row => (ByContent[(record.Kind, null)], (object)row));

    private static RecordTable Trade(string file, RecordKind kind, CellLayout<object> row) =>
        new(file, kind, null, HeadLayouts.Trade(kind), row);

    private static RecordTable Control(string file, ResourceKind device, CellLayout<object> row) =>
        new(file, RecordKind.ControlCommand, device, HeadLayouts.Control, row);

    private static RecordTable Telemetry(string file, ResourceKind device, CellLayout<object> row) =>
        new(file, RecordKind.Telemetry, device, HeadLayouts.Telemetry, row);
}
