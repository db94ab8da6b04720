using DerChain.Market.Records;
using static DerChain.Market.Records.QualityParameter;

namespace DerChain.Market.Plausibility;

/// <summary>What of a reading is measured, and the check that it does not stand still (docs/spec/market.md, 3, Q06).</summary>
internal static class MeasuredValues
{
    /// <summary>Q06: for how long the measured values have been the same.</summary>
    /// <param name="unchangedSeconds">As <see cref="UnchangedSeconds"/> gives it.</param>
    /// <param name="rules">The rules.</param>
    public static QualityFinding Stuck(long unchangedSeconds, QualityRules rules)
    {
        long warn = rules[StuckWarnIntervals] * rules[IntervalSeconds];
        long fail = rules[StuckFailIntervals] * rules[IntervalSeconds];
        QualityVerdict verdict = unchangedSeconds >= fail ? QualityVerdict.Fail : unchangedSeconds >= warn ? QualityVerdict.Warn : QualityVerdict.Pass;
        return new(verdict, unchangedSeconds, verdict == QualityVerdict.Fail ? fail : warn, QualityUnit.Seconds);
    }

    /// <summary>Seconds over which the measured values have been the same, this reading included; 0 where the device rests, and may stand still.</summary>
    /// <param name="before">The same of the reading before.</param>
    /// <param name="last">The reading before, or null.</param>
    /// <param name="reading">This reading.</param>
    /// <param name="durationSeconds">Length of its interval.</param>
    /// <param name="isSunHigh">Solar power cannot stand still.</param>
    public static long UnchangedSeconds(long before, TelemetryRow? last, TelemetryRow reading, int durationSeconds, bool isSunHigh)
    {
        if (!IsActive(reading, isSunHigh))
            return 0;

        return last is not null && AreSame(last, reading) ? before + durationSeconds : durationSeconds;
    }

    /// <summary>Measured values of a reading that are not zero: how much there is to tell it from another.</summary>
    public static int Count(TelemetryRow reading) => reading switch
    {
        MeterReading meter => One(meter.NetPowerW),
        SolarReading solar => One(solar.PowerW),
        AirConditionerReading ac => One(ac.AmbientMilliC) + One(ac.IndoorMilliC) + One(ac.ElectricPowerW),
        BatteryReading battery => One(battery.SocPpm) + One(battery.PowerW),
        ChargingStationReading station => One(station.Vehicle?.SocPpm ?? 0) + One(station.PowerW),
        _ => 0,
    };

    private static int One(long value) => value == 0 ? 0 : 1;

    private static bool IsActive(TelemetryRow reading, bool isSunHigh) => reading switch
    {
        MeterReading meter => meter.NetPowerW != 0,
        SolarReading => isSunHigh,
        AirConditionerReading ac => ac.ElectricPowerW != 0,
        BatteryReading battery => battery.PowerW != 0,
        ChargingStationReading station => station.PowerW != 0,
        _ => false,
    };

    private static bool AreSame(TelemetryRow last, TelemetryRow reading) => (last, reading) switch
    {
        (MeterReading a, MeterReading b) => a.NetPowerW == b.NetPowerW,
        (SolarReading a, SolarReading b) => a.PowerW == b.PowerW,
        (AirConditionerReading a, AirConditionerReading b) => (a.AmbientMilliC, a.IndoorMilliC, a.ElectricPowerW, a.IsOn)
            == (b.AmbientMilliC, b.IndoorMilliC, b.ElectricPowerW, b.IsOn),
        (BatteryReading a, BatteryReading b) => (a.SocPpm, a.PowerW, a.Mode) == (b.SocPpm, b.PowerW, b.Mode),
        (ChargingStationReading a, ChargingStationReading b) => (a.PowerW, a.Mode, a.Vehicle?.SessionId, a.Vehicle?.SocPpm)
            == (b.PowerW, b.Mode, b.Vehicle?.SessionId, b.Vehicle?.SocPpm),
        _ => false,
    };
}
