using DerChain.Market.Records;

namespace DerChain.Market.Verification;

/// <summary>Sixty-four bits that stand for what a reading says, so that a repeated reading can be told from a different one without keeping either.</summary>
internal static class ReadingFingerprint
{
    public static ulong Of(TelemetryRow reading, int durationSeconds)
    {
        ulong hash = Mix((ulong)reading.ResourceKind, durationSeconds);
        return reading switch
        {
            MeterReading meter => Mix(hash, meter.NetPowerW),
            SolarReading solar => Mix(Mix(hash, solar.PowerW), solar.AvailablePowerW ?? -1),
            AirConditionerReading ac => Of(hash, ac),
            BatteryReading battery => Of(hash, battery),
            ChargingStationReading station => Of(hash, station),
            _ => hash,
        };
    }

    private static ulong Of(ulong hash, AirConditionerReading ac)
    {
        hash = Mix(Mix(Mix(hash, ac.CopMilli), ac.ThermalResistanceMilliCPerKw), ac.BetaPpm);
        hash = Mix(Mix(Mix(hash, ac.BetaIntervalSeconds), ac.MaxElectricPowerW), ac.ComfortLowerMilliC);
        hash = Mix(Mix(Mix(hash, ac.ComfortUpperMilliC), ac.AmbientMilliC), ac.IndoorMilliC);
        return Mix(Mix(hash, ac.ElectricPowerW), ac.IsOn ? 1 : 0);
    }

    private static ulong Of(ulong hash, BatteryReading battery)
    {
        hash = Mix(Mix(Mix(hash, battery.CapacityWh), battery.OneWayEfficiencyPpm), battery.SocMinPpm);
        hash = Mix(Mix(Mix(hash, battery.SocMaxPpm), battery.MaxDischargeW), battery.MaxChargeW);
        return Mix(Mix(Mix(hash, battery.SocPpm), battery.PowerW), (long)battery.Mode);
    }

    private static ulong Of(ulong hash, ChargingStationReading station)
    {
        hash = Mix(Mix(hash, station.MaxDischargeW), station.MaxChargeW);
        hash = Mix(Mix(hash, station.PowerW), (long)station.Mode);
        if (station.Vehicle is not { } vehicle) return hash;
        hash = Mix(Mix(Mix(hash, vehicle.SessionId), vehicle.CapacityWh), vehicle.OneWayEfficiencyPpm);
        hash = Mix(Mix(Mix(hash, vehicle.SocMinPpm), vehicle.SocMaxPpm), vehicle.SocPpm);
        return Mix(Mix(hash, vehicle.ExpectedDepartureUnixSeconds ?? -1), vehicle.TargetSocPpm ?? -1);
    }

    private static ulong Mix(ulong hash, long value)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        unchecked
        {
            hash = (hash ^ (ulong)value) * Multiplier;
            return hash ^ (hash >> 29);
        }
    }
}
