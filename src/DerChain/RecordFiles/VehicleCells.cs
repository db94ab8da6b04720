using System.Collections.Immutable;
using DerChain.Market.Records;

namespace DerChain.RecordFiles;

/// <summary>The columns of the vehicle at a charging station: all empty where none is plugged in.</summary>
internal static class VehicleCells
{
    public static readonly ImmutableArray<string> Columns =
    [
        "vehicle_session_id", "vehicle_capacity_wh", "vehicle_one_way_efficiency_ppm", "vehicle_soc_min_ppm", "vehicle_soc_max_ppm",
        "vehicle_soc_ppm", "vehicle_expected_departure_utc", "vehicle_target_soc_ppm",
    ];

    public static VehicleState? Read(CsvReader row)
    {
        uint? session = row.OptionalWhole<uint>();
        long? capacityWh = row.OptionalWhole<long>();
        int? efficiencyPpm = row.OptionalWhole<int>();
        int? socMinPpm = row.OptionalWhole<int>();
        int? socMaxPpm = row.OptionalWhole<int>();
        int? socPpm = row.OptionalWhole<int>();
        long? departure = row.OptionalInstant();
        int? targetSocPpm = row.OptionalWhole<int>();
        ReadOnlySpan<bool> required =
            [session.HasValue, capacityWh.HasValue, efficiencyPpm.HasValue, socMinPpm.HasValue, socMaxPpm.HasValue, socPpm.HasValue];
        if (!required.Contains(true) && departure is null && targetSocPpm is null) return null;
        for (int column = 0; column < required.Length; column++)
            if (!required[column]) row.Refuse(Columns[column], "is empty though another column of the vehicle is not");
        return new VehicleState(
            session.GetValueOrDefault(), capacityWh.GetValueOrDefault(), efficiencyPpm.GetValueOrDefault(), socMinPpm.GetValueOrDefault(),
            socMaxPpm.GetValueOrDefault(), socPpm.GetValueOrDefault(), departure, targetSocPpm);
    }

    public static void Write(RowText text, VehicleState? vehicle) => text
        .Add(vehicle?.SessionId)
        .Add(vehicle?.CapacityWh)
        .Add(vehicle?.OneWayEfficiencyPpm)
        .Add(vehicle?.SocMinPpm)
        .Add(vehicle?.SocMaxPpm)
        .Add(vehicle?.SocPpm)
        .AddInstant(vehicle?.ExpectedDepartureUnixSeconds)
        .Add(vehicle?.TargetSocPpm);
}
