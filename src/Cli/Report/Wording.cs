using DerChain.Market.Quantities;
using DerChain.Market.Verification;

namespace DerChain.Cli.Report;

/// <summary>Words for what verification found.</summary>
internal static class Wording
{
    /// <summary>A list in a sentence, as in 2, 11, 12 and 19.</summary>
    public static string List(IEnumerable<string> items)
    {
        string[] all = [.. items];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }

    /// <summary>The hours in a sentence, as in hour 2, or hours 2 and 11.</summary>
    public static string Hours(IReadOnlyCollection<ReportHour> hours) =>
        $"{(hours.Count == 1 ? "hour" : "hours")} {List(hours.Select(static hour => hour.Hour.HourEnding.ToString(Numbers.Culture)))}";

    /// <summary>A count and what it counts, as in 1 block, or 2 blocks.</summary>
    public static string Plural(long count, string one, string many) => $"{Numbers.Count(count)} {(count == 1 ? one : many)}";

    /// <summary>The verdict on an hour's reserve.</summary>
    public static string Of(ReserveVerdict verdict) => verdict switch
    {
        ReserveVerdict.NotApplicable => "nothing awarded",
        ReserveVerdict.Delivered => "delivered",
        ReserveVerdict.Short => "short",
        ReserveVerdict.NotVerifiable => "not verifiable",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Not a verdict."),
    };

    /// <summary>Why a device could not show its reserve.</summary>
    public static string Of(ShortfallCause cause) => cause switch
    {
        ShortfallCause.None => "no limit of the device itself",
        ShortfallCause.StateOfChargeLow => "state of charge too low",
        ShortfallCause.AlreadyDelivering => "already delivering energy",
        ShortfallCause.VehicleAbsent => "no vehicle plugged in",
        ShortfallCause.VehicleDepartsSoon => "vehicle departs soon",
        ShortfallCause.ComfortLimit => "comfort limit reached",
        ShortfallCause.DeviceOff => "device off",
        ShortfallCause.PartialResponse => "responded in part only",
        ShortfallCause.MissingTelemetry => "telemetry missing",
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "Not a cause."),
    };

    /// <summary>A type of device.</summary>
    public static string Of(ResourceKind kind) => kind switch
    {
        ResourceKind.Meter => "meter",
        ResourceKind.Solar => "solar panels",
        ResourceKind.AirConditioner => "air conditioner",
        ResourceKind.Battery => "battery",
        ResourceKind.ChargingStation => "charging station",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a type of device."),
    };
}
