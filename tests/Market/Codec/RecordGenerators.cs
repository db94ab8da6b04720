using CsCheck;
using DerChain.Chain.Primitives;
using DerChain.Market.Quantities;
using DerChain.Market.Records;

namespace DerChain.Market.Tests.Codec;

/// <summary>Random records that break no rule.</summary>
internal static class RecordGenerators
{
    private static readonly Gen<string> Name =
        Gen.Char["ABCabc0123456789._:-"].Array[1, Identifier.MaxLength].Select(letters => new string(letters));

    private static readonly Gen<long> SignedW = Gen.Long[-RecordRules.MaxPowerW, RecordRules.MaxPowerW];
    private static readonly Gen<long> Watts = Gen.Long[0, RecordRules.MaxPowerW];
    private static readonly Gen<long> Price = Gen.Long[-RecordRules.MaxPriceMicroUsd, RecordRules.MaxPriceMicroUsd];
    private static readonly Gen<StorageMode> Mode = Gen.Enum<StorageMode>();

    private static readonly Gen<TelemetryRow> Meter =
        Gen.Select(Name, SignedW, TelemetryRow (name, watts) => new MeterReading(new(name), watts));

    private static readonly Gen<TelemetryRow> Solar =
        Gen.Select(Name, Watts, Gen.Nullable(Watts), TelemetryRow (name, watts, available) => new SolarReading(new(name), watts, available));

    private static readonly Gen<TelemetryRow> AirConditioner = Gen.Select(
        Name, Gen.Int[1_500, 6_000], Gen.Int[1, 999_999], Gen.Int[15_000, 31_999], Gen.Int[-40_000, 55_000], Watts, Gen.Bool,
        TelemetryRow (name, cop, beta, lower, ambient, watts, isOn) =>
            new AirConditionerReading(new(name), cop, 2_000, beta, 300, watts + 1, lower, 32_000, ambient, 24_000, watts, isOn));

    private static readonly Gen<TelemetryRow> Battery = Gen.Select(
        Name, Gen.Long[1, RecordRules.MaxEnergyWh], Gen.Int[500_000, 1_000_000], Gen.Int[0, 999_999], Watts, SignedW, Mode,
        TelemetryRow (name, capacity, efficiency, socMin, limit, watts, mode) =>
            new BatteryReading(new(name), capacity, efficiency, socMin, 1_000_000, limit, limit, socMin, watts, mode));

    private static readonly Gen<VehicleState?> Vehicle = Gen.Select(
        Gen.UInt, Gen.Long[1, RecordRules.MaxEnergyWh], Gen.Nullable(Gen.Long[0, MarketInterval.LatestUnixSeconds]),
        Gen.Nullable(Gen.Int[0, 1_000_000]), Gen.Bool,
        (session, capacity, departure, target, isPresent) =>
            isPresent ? new VehicleState(session, capacity, 930_000, 0, 1_000_000, 500_000, departure, target) : null);

    private static readonly Gen<TelemetryRow> Station = Gen.Select(
        Name, Watts, SignedW, Mode, Vehicle,
        TelemetryRow (name, limit, watts, mode, vehicle) => new ChargingStationReading(new(name), limit, limit, watts, mode, vehicle));

    private static readonly Gen<TelemetryRow> Compact = Gen.Select(
        Name, Gen.Int[1, int.MaxValue], Gen.Int[0, 1_000_000], SignedW, Mode, Vehicle,
        TelemetryRow (name, version, soc, watts, mode, vehicle) => (soc % 3) switch
        {
            0 => new CompactBatteryReading(new(name), version, soc, watts, mode),
            1 => new CompactChargingStationReading(new(name), version, watts, mode, vehicle),
            _ => new CompactAirConditionerReading(new(name), version, 15_000, 32_000, -1, 24_000, Math.Abs(watts), soc % 2 == 0),
        });

    private static Gen<MarketInterval> IntervalOf(int seconds) =>
        Gen.Long[0, MarketInterval.LatestUnixSeconds].Select(start => new MarketInterval(start, seconds));

    public static readonly Gen<MarketRecord> Telemetry = Gen.Select(
        Gen.Long[0, MarketInterval.LatestUnixSeconds], Gen.Int[1, 86_400], Gen.ULong, Gen.Int[0, 3],
        Gen.OneOf(Meter, Solar, AirConditioner, Battery, Station, Compact).Array[1, 20],
        MarketRecord (start, seconds, sequence, quality, rows) => new Telemetry(
            new(start, seconds), sequence, start, (TelemetryQuality)quality,
            [.. rows.DistinctBy(row => (row.ResourceKind, row.Resource)).OrderBy(row => row.ResourceKind).ThenBy(row => row.Resource)]));

    public static readonly Gen<MarketRecord> Bid = Gen.Select(
        Name, IntervalOf(3_600), Gen.Byte[1, 10], Gen.Long[-150_000_000, 2_000_000_000], SignedW, Watts, Gen.Nullable(Watts), Gen.Nullable(Watts),
        MarketRecord (name, hour, block, price, watts, spin, load, reference) =>
            new RealTimeBid(new(name), [new BidBlock(hour, block, price, watts, 0, spin, load, reference)]));

    public static readonly Gen<MarketRecord> Award = Gen.Select(
        Name, IntervalOf(900), Price, SignedW, Watts,
        MarketRecord (name, quarter, price, watts, spin) =>
            new FifteenMinuteAward(new(name), [new AwardRow(quarter, price, watts, Math.Abs(price), spin)]));

    public static readonly Gen<MarketRecord> Dispatch = Gen.Select(
        Name, IntervalOf(300), Price, SignedW, Watts,
        MarketRecord (name, interval, price, watts, spin) =>
            new DispatchInstruction(new(name), [new DispatchRow(interval, price, watts, -price, spin)]));

    public static readonly Gen<MarketRecord> Correction = Gen.Select(
        Gen.Byte.Array[Hash256.Length], Gen.Int[1, int.MaxValue], Gen.Enum<CorrectionReason>(), Gen.OneOf(Telemetry, Bid, Award, Dispatch),
        MarketRecord (hash, revision, reason, record) => new Correction(Hash256.FromBytes(hash), revision, reason, record));

    public static readonly Gen<MarketRecord> Any = Gen.OneOf(Telemetry, Bid, Award, Dispatch, Correction);
}
