using System.Collections.Immutable;
using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Tests.Records;

/// <summary>One valid record of each kind, with every optional field once set and once null.</summary>
internal static class Samples
{
    public const long Noon = 1_626_375_600;

    public static readonly AggregationId Aggregation = new("AGG-1");
    public static readonly Address SystemOperator = AddressOf(1);
    public static readonly Address Aggregator = AddressOf(2);
    public static readonly Address Prosumer = AddressOf(3);

    public static Address AddressOf(byte number)
    {
        var bytes = new byte[Address.Length];
        bytes[^1] = number;
        return Address.FromBytes(bytes);
    }

    public static MarketInterval Hour => new(Noon, MarketInterval.HourSeconds);

    public static MarketInterval Dispatch => new(Noon, MarketInterval.DispatchSeconds);

    public static BidBlock Bid => new(Hour, 1, -5_000_000, -447_000, 4_000_000, 1_290_000, 500_000, null);

    public static AwardRow Award(int durationSeconds) => new(new(Noon, durationSeconds), 42_000_000, -447_000, 4_000_000, 1_290_000);

    public static DispatchRow DispatchOf(long energyW) => new(Dispatch, -1, energyW, 0, 0);

    public static AirConditionerReading AirConditioner => new(
        new("R001-AC"), 2_500, 2_000, 979_382, 300, 5_600, 20_000, 25_000, 35_000, 24_400, 2_400, true);

    public static BatteryReading Battery => new(
        new("R001-BESS"), 13_500, 950_000, 100_000, 950_000, 5_000, 5_000, 600_000, -1_200, StorageMode.Charge);

    public static VehicleState Vehicle => new(7, 60_000, 930_000, 450_000, 1_000_000, 620_000, Noon + 7_200, null);

    public static ChargingStationReading Station => new(new("R001-EV1"), 7_200, 7_200, -3_600, StorageMode.Charge, Vehicle);

    public static Telemetry Telemetry(params TelemetryRow[] rows) => new(Dispatch, 145, Noon + 301, TelemetryQuality.Good, [.. rows]);

    public static Telemetry FullTelemetry => Telemetry(
        new MeterReading(new("R001-METER"), -2_345),
        new SolarReading(new("R001-PV"), 4_321, null),
        AirConditioner,
        Battery,
        Station,
        Station with { Resource = new("R001-EV2"), PowerW = 0, Mode = StorageMode.Idle, Vehicle = null });

    public static ControlCommand Command(ControlReason reason, string? activation, params ControlRow[] rows) =>
        new(Dispatch, reason, activation is null ? null : new ActivationId(activation), [.. rows]);

    public static ImmutableArray<MarketRecord> All =>
    [
        new DayAheadBid(Aggregation, [Bid, Bid with { Block = 2 }]),
        new RealTimeBid(Aggregation, [Bid with { LoadQuantityW = null, ReferenceLoadQuantityW = 100 }]),
        new DayAheadAward(Aggregation, [Award(MarketInterval.HourSeconds)]),
        new FifteenMinuteAward(Aggregation, [Award(MarketInterval.CommitmentSeconds)]),
        new DispatchInstruction(Aggregation, [DispatchOf(-450_123)]),
        Command(ControlReason.ReserveActivation, "SR-1",
            new AirConditionerSetpoint(new("R001-AC"), 24_500),
            new BatterySetpoint(new("R001-BESS"), 5_000, StorageMode.Discharge),
            new ChargingStationSetpoint(new("R001-EV1"), 0, StorageMode.Idle)),
        FullTelemetry,
        new ReserveActivation(Aggregation, new("SR-1"), new(Noon + 120, 1_800), 1_290_000),
        new ParticipantRegistration(
        [
            new(Aggregator, new("AGG"), ParticipantRole.Aggregator, null),
            new(Prosumer, new("R001"), ParticipantRole.Prosumer, Aggregator),
        ]),
        new ResourceRegistration(
        [
            new(new("R001-BESS"), ResourceKind.Battery, Prosumer, 5_000),
            new(new("R001-METER"), ResourceKind.Meter, Prosumer, 0),
        ]),
    ];
}
