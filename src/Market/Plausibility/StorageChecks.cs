using DerChain.Market.Records;
using static DerChain.Market.Records.QualityParameter;

namespace DerChain.Market.Plausibility;

/// <summary>What the checks of storage look at, of a battery or of a vehicle at its charging station.</summary>
/// <param name="PowerW">Power, + discharge.</param>
/// <param name="Mode">Direction.</param>
/// <param name="MaxDischargeW">p̄^dis.</param>
/// <param name="MaxChargeW">p̄^ch.</param>
/// <param name="Energy">The energy store; null where no vehicle is plugged in.</param>
internal readonly record struct StorageReading(long PowerW, StorageMode Mode, long MaxDischargeW, long MaxChargeW, StoredEnergy? Energy)
{
    /// <summary>The storage of a reading, or null where it is of another device.</summary>
    public static StorageReading? Of(TelemetryRow? reading) => reading switch
    {
        BatteryReading battery => new(battery.PowerW, battery.Mode, battery.MaxDischargeW, battery.MaxChargeW, StoredEnergy.Of(battery)),
        ChargingStationReading station => new(
            station.PowerW, station.Mode, station.MaxDischargeW, station.MaxChargeW, station.Vehicle is { } vehicle ? StoredEnergy.Of(vehicle) : null),
        _ => null,
    };
}

/// <summary>The energy store of a battery or vehicle.</summary>
/// <param name="Session">The vehicle's session, null for a battery: another session is another store.</param>
/// <param name="CapacityWh">Energy capacity.</param>
/// <param name="EfficiencyPpm">One-way efficiency, or null where none is stated.</param>
/// <param name="SocMinPpm">Lower limit; 0 for a vehicle, which may arrive with less than its reserve's floor.</param>
/// <param name="SocMaxPpm">Upper limit.</param>
/// <param name="SocPpm">State of charge at the interval's start.</param>
internal readonly record struct StoredEnergy(uint? Session, long CapacityWh, int? EfficiencyPpm, int SocMinPpm, int SocMaxPpm, int SocPpm)
{
    public static StoredEnergy Of(BatteryReading battery) =>
        new(null, battery.CapacityWh, Stated(battery.OneWayEfficiencyPpm), battery.SocMinPpm, battery.SocMaxPpm, battery.SocPpm);

    public static StoredEnergy Of(VehicleState vehicle) =>
        new(vehicle.SessionId, vehicle.CapacityWh, Stated(vehicle.OneWayEfficiencyPpm), 0, vehicle.SocMaxPpm, vehicle.SocPpm);

    // No storage is without losses: where the paper's ξ is the capacity, a record says 1, and means that it does not know.
    private static int? Stated(int efficiencyPpm) => efficiencyPpm < RecordRules.OneInPpm ? efficiencyPpm : null;
}

/// <summary>The checks of batteries and charging stations (docs/spec/market.md, 3, Q07 to Q10, Q16 and Q19).</summary>
internal static class StorageChecks
{
    private const int SecondsPerHour = 3_600;
    private const int SecondsPerMinute = 60;

    // A million times the capacity: beyond that a tolerance says nothing.
    private const long MostTolerancePpm = 1_000_000_000_000;

    /// <summary>Q07: power above the rating of its direction.</summary>
    public static QualityFinding PowerLimits(in StorageReading storage, QualityRules rules)
    {
        long rating = storage.PowerW >= 0 ? storage.MaxDischargeW : storage.MaxChargeW;
        return QualityFinding.Above(
            Math.Abs(storage.PowerW) - rating,
            Math.Max(QualityRules.Part(rating, rules[PowerWarnPpm]), rules[PowerFloorW]),
            Math.Max(QualityRules.Part(rating, rules[PowerFailPpm]), rules[PowerFloorW]),
            QualityUnit.Watts);
    }

    /// <summary>Q08: power against the mode; any power where no vehicle is plugged in.</summary>
    public static QualityFinding ModeConsistency(in StorageReading storage, QualityRules rules) => storage switch
    {
        { Energy: null } => QualityFinding.Above(Math.Abs(storage.PowerW), 0, rules[IdlePowerW], QualityUnit.Watts),
        { Mode: StorageMode.Charge } => QualityFinding.AboveWarns(storage.PowerW, rules[ModePowerW], QualityUnit.Watts),
        { Mode: StorageMode.Discharge } => QualityFinding.AboveWarns(-storage.PowerW, rules[ModePowerW], QualityUnit.Watts),
        _ => QualityFinding.AboveWarns(Math.Abs(storage.PowerW), rules[IdlePowerW], QualityUnit.Watts),
    };

    /// <summary>Q09: state of charge outside its limits, and outside what can be.</summary>
    public static QualityFinding StateOfChargeBounds(in StoredEnergy energy, QualityRules rules)
    {
        int impossible = Math.Max(-energy.SocPpm, energy.SocPpm - RecordRules.OneInPpm);
        return impossible > 0
            ? new(QualityVerdict.Fail, impossible, 0, QualityUnit.PartsPerMillion)
            : QualityFinding.AboveWarns(
                Math.Max(energy.SocMinPpm - energy.SocPpm, energy.SocPpm - energy.SocMaxPpm),
                rules[StateOfChargeBoundPpm],
                QualityUnit.PartsPerMillion);
    }

    /// <summary>Q10: state of charge against that of the reading before and the power held since.</summary>
    /// <param name="before">The reading before, whose interval ends where this one starts.</param>
    /// <param name="durationSeconds">Length of that interval.</param>
    /// <param name="now">This reading.</param>
    /// <param name="rules">The rules.</param>
    public static QualityFinding StateOfChargeContinuity(in StorageReading before, int durationSeconds, in StorageReading now, QualityRules rules)
    {
        if (before.Energy is not { } first || now.Energy is not { } second || first.Session != second.Session)
            return default;

        long change = second.SocPpm - first.SocPpm;
        long least = Change(before.PowerW, durationSeconds, first.CapacityWh, first.EfficiencyPpm ?? rules[LeastEfficiencyPpm]);
        long most = Change(before.PowerW, durationSeconds, first.CapacityWh, first.EfficiencyPpm ?? rules[MostEfficiencyPpm]);
        long residual = change - Math.Clamp(change, least, most);
        Int128 moved = Int128.Abs(Energy(before.PowerW, durationSeconds)) * rules[StateOfChargeEnergyPpm] / ((Int128)first.CapacityWh * SecondsPerHour);
        long tolerance = rules[StateOfChargeBasePpm] + (long)Int128.Min(moved, MostTolerancePpm);
        QualityFinding finding = QualityFinding.Above(
            Math.Abs(residual), tolerance, tolerance * rules[StateOfChargeFailFactor], QualityUnit.PartsPerMillion);
        return finding with { Residual = residual };
    }

    /// <summary>Q16: power against the nearest of the commands that the device may still be following.</summary>
    public static QualityFinding CommandFollowing(in StorageReading storage, long nearestCommandW, QualityRules rules)
    {
        long rating = Math.Max(storage.MaxDischargeW, storage.MaxChargeW);
        long tolerance = Math.Max(QualityRules.Part(rating, rules[CommandTolerancePpm]), rules[CommandToleranceW]);
        return QualityFinding.AboveWarns(Math.Abs(storage.PowerW - nearestCommandW), tolerance, QualityUnit.Watts);
    }

    /// <summary>Q19: change of power since the reading before, against the fastest over the time between the middles of the two intervals.</summary>
    public static QualityFinding Ramp(in StorageReading before, in StorageReading now, int secondsBetween, QualityRules rules)
    {
        if (before.Energy?.Session != now.Energy?.Session)
            return default;

        Int128 range = (Int128)now.MaxDischargeW + now.MaxChargeW;
        long fastest = (long)(range * rules[RampPpmPerMinute] * secondsBetween / SecondsPerMinute / RecordRules.OneInPpm);
        return QualityFinding.AboveWarns(Math.Abs(now.PowerW - before.PowerW), fastest, QualityUnit.Watts);
    }

    // In parts per million of capacity: what is taken is stored less its losses, what is given costs its losses on top.
    private static long Change(long powerW, int seconds, long capacityWh, long efficiencyPpm)
    {
        Int128 capacity = (Int128)capacityWh * SecondsPerHour;
        return powerW <= 0
            ? (long)Rounded(-Energy(powerW, seconds) * efficiencyPpm, capacity)
            : (long)-Rounded(Energy(powerW, seconds) * RecordRules.OneInPpm * RecordRules.OneInPpm, capacity * efficiencyPpm);
    }

    private static Int128 Energy(long powerW, int seconds) => (Int128)powerW * seconds;

    private static Int128 Rounded(Int128 numerator, Int128 denominator) => (numerator + (denominator / 2)) / denominator;
}
