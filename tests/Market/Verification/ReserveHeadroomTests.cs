using DerChain.Market.Records;
using DerChain.Market.Tests.Records;
using DerChain.Market.Verification;

namespace DerChain.Market.Tests.Verification;

/// <summary>Golden values of docs/spec/market.md, 2.3 (computed in Python).</summary>
public sealed class ReserveHeadroomTests
{
    private static readonly VerificationOptions Options = new();

    private static readonly BatteryReading B1 = Samples.Battery with
    {
        CapacityWh = 20_000, SocMinPpm = 100_000, SocPpm = 600_000, MaxDischargeW = 10_000, PowerW = 0, Mode = StorageMode.Idle,
    };

    [Theory]
    [InlineData("B1 idle", 600_000, 0, 10, ShortfallCause.None)]
    [InlineData("B2 charging, empty", 100_000, -4_000, 4, ShortfallCause.StateOfChargeLow)]
    [InlineData("B3 discharging", 300_000, 6_000, 1.6, ShortfallCause.AlreadyDelivering)]
    [InlineData("B4 discharging, low", 250_000, 8_000, 0, ShortfallCause.AlreadyDelivering)]
    public void A_battery_has_the_golden_headroom(string name, int socPpm, long powerW, double kw, ShortfallCause limit)
    {
        ReserveHeadroom headroom = ReserveHeadroom.OfBattery(B1 with { SocPpm = socPpm, PowerW = powerW }, Options);

        Assert.Equal(kw, headroom.Kw, 1e-9);
        Assert.Equal(10, headroom.PotentialKw);
        Assert.True(limit == headroom.Limit, name);
    }

    [Fact]
    public void EV1_a_station_that_only_charges_can_stop_charging()
    {
        ChargingStationReading station = Samples.Station with { MaxDischargeW = 0, PowerW = -7_200, Vehicle = Vehicle(500_000, 200_000) };

        Assert.Equal(7.2, ReserveHeadroom.OfChargingStation(station, Samples.Noon, Options).Kw, 1e-9);
    }

    [Fact]
    public void EV2_an_idle_vehicle_can_discharge() =>
        Assert.Equal(7.2, ReserveHeadroom.OfChargingStation(V2g(null, null), Samples.Noon, Options).Kw, 1e-9);

    [Fact]
    public void EV3_no_vehicle_no_reserve()
    {
        ReserveHeadroom headroom = ReserveHeadroom.OfChargingStation(V2g(null, null) with { Vehicle = null }, Samples.Noon, Options);

        Assert.Equal(new ReserveHeadroom(0, 7.2, ShortfallCause.VehicleAbsent, ShortfallCause.VehicleAbsent), headroom);
    }

    [Theory]
    [InlineData(2_399, 0)]
    [InlineData(2_400, 7.2)]
    public void A_vehicle_must_stay_for_the_ramp_and_the_sustain_duration(int secondsLeft, double kw)
    {
        ReserveHeadroom headroom = ReserveHeadroom.OfChargingStation(V2g(Samples.Noon + secondsLeft, null), Samples.Noon, Options);

        Assert.Equal(kw, headroom.Kw, 1e-9);
        Assert.Equal(kw == 0, headroom.Limit == ShortfallCause.VehicleDepartsSoon);
    }

    [Fact]
    public void What_a_vehicle_needs_for_its_journey_is_not_reserve()
    {
        // Two hours to the departure, half an hour of them sustained: 0.6 - 0.93 * 7.2 * 1.5 / 60 = 0.4326 must be kept.
        ReserveHeadroom headroom = ReserveHeadroom.OfChargingStation(
            V2g(Samples.Noon + 7_200, 600_000) with { MaxDischargeW = 20_000 }, Samples.Noon, Options);

        Assert.Equal(0.93 * (0.55 - 0.4326) * 60 / 0.5, headroom.Kw, 1e-9);
    }

    [Theory]
    [InlineData(23.0, 1800, 2.4)]
    [InlineData(24.4, 1800, 1.3012496747)]
    [InlineData(24.9, 1800, 0.5502082791)]
    [InlineData(23.0, 3600, 1.8083246657)]
    public void An_air_conditioner_has_the_golden_headroom(double indoor, int sustainSeconds, double kw)
    {
        double windowBeta = Math.Exp(-sustainSeconds / 3600.0 / 4);

        Assert.Equal(kw, 2.4 - ReserveHeadroom.LowestPowerKw(indoor, 35, 25, windowBeta, 2.5 * 2.0, 5.6), 1e-9);
    }

    [Theory]
    [InlineData(24_400, 1.3012496747)]
    [InlineData(24_900, 0.5502082791)]
    public void The_record_of_an_air_conditioner_gives_the_golden_headroom_to_its_resolution(int indoorMilliC, double kw)
    {
        ReserveHeadroom headroom = ReserveHeadroom.OfAirConditioner(Samples.AirConditioner with { IndoorMilliC = indoorMilliC }, Options);

        Assert.Equal(kw, headroom.Kw, 1e-4);
        Assert.Equal((2.4, ShortfallCause.ComfortLimit), (headroom.PotentialKw, headroom.Limit));
    }

    [Fact]
    public void The_lowest_power_of_A2_ends_at_the_comfort_bound()
    {
        double beta = Math.Exp(-1.0 / 12 / 4);
        double lowest = ReserveHeadroom.LowestPowerKw(24.4, 35, 25, Math.Pow(beta, 6), 2.5 * 2.0, 5.6);
        double indoor = 24.4;

        for (int step = 0; step < 6; step++) indoor = beta * indoor + (1 - beta) * (35 - 2.5 * 2.0 * lowest);

        Assert.Equal(1.0987503254, lowest, 1e-9);
        Assert.Equal(25.0, indoor, 1e-9);
    }

    [Theory]
    [InlineData(24.0, 0)]
    [InlineData(26.0, 5.6)]
    public void A_building_that_does_not_warm_up_needs_no_power_below_its_bound(double indoor, double kw) =>
        Assert.Equal(kw, ReserveHeadroom.LowestPowerKw(indoor, 35, 25, 1 - 1e-10, 5, 5.6));

    [Theory]
    [InlineData(5_000, 130_000, ShortfallCause.PartialResponse)]
    [InlineData(5_000, 120_000, ShortfallCause.StateOfChargeLow)]
    [InlineData(0, 100_000, ShortfallCause.StateOfChargeLow)]
    public void A_response_is_limited_by_what_the_store_can_give_for_five_minutes(long powerW, int socPpm, ShortfallCause limit)
    {
        // Above the lower limit 20 kWh hold 0.95 * 20 * (soc - 0.1) * 12 kW for five minutes: 6.84 kW at 0.13, 4.56 kW at 0.12.
        ReserveHeadroom headroom = ReserveHeadroom.OfBattery(B1 with { SocPpm = socPpm, PowerW = powerW }, Options);

        Assert.Equal(limit, headroom.ResponseLimit);
    }

    [Fact]
    public void An_air_conditioner_at_its_comfort_bound_cannot_respond()
    {
        ReserveHeadroom headroom = ReserveHeadroom.OfAirConditioner(
            Samples.AirConditioner with { IndoorMilliC = 25_000, ElectricPowerW = 2_000 }, Options);

        Assert.Equal(0, headroom.Kw, 1e-9);
        Assert.Equal((ShortfallCause.ComfortLimit, ShortfallCause.ComfortLimit), (headroom.Limit, headroom.ResponseLimit));
    }

    [Fact]
    public void An_air_conditioner_that_is_off_has_no_reserve()
    {
        ReserveHeadroom headroom = ReserveHeadroom.OfAirConditioner(Samples.AirConditioner with { IsOn = false }, Options);

        Assert.Equal((0.0, ShortfallCause.DeviceOff), (headroom.Kw, headroom.Limit));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData(10_000L, 5)]
    [InlineData(4_000L, 0)]
    public void Curtailed_panels_keep_a_tenth_for_clouds(long? availableW, double kw) =>
        Assert.Equal(kw, ReserveHeadroom.OfSolar(new SolarReading(new("PV"), 4_000, availableW)).Kw, 1e-9);

    [Fact]
    public void A_meter_has_no_reserve() =>
        Assert.Equal(default, ReserveHeadroom.Of(new MeterReading(new("M"), -1_000), Samples.Noon, Options));

    private static VehicleState Vehicle(int socPpm, int socMinPpm) =>
        Samples.Vehicle with { SocPpm = socPpm, SocMinPpm = socMinPpm, ExpectedDepartureUnixSeconds = null, TargetSocPpm = null };

    private static ChargingStationReading V2g(long? departure, int? targetPpm) => Samples.Station with
    {
        PowerW = 0,
        Mode = StorageMode.Idle,
        Vehicle = Vehicle(550_000, 400_000) with { ExpectedDepartureUnixSeconds = departure, TargetSocPpm = targetPpm },
    };
}
