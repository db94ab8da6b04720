namespace DerChain.Market.Records;

/// <summary>The thresholds and constants of the checks of data quality, one each (docs/spec/market.md, 3). The values are on the chain and never
/// change.</summary>
public enum QualityParameter : byte
{
    /// <summary>Q02: Δ, the interval of telemetry, seconds. Default 300.</summary>
    IntervalSeconds = 1,

    /// <summary>Q02: shortest part of Δ that a reading may be for, seconds. Default 10.</summary>
    ShortestIntervalSeconds = 2,

    /// <summary>Q02: how far off the grid is only a warning, seconds. Default 5.</summary>
    AlignmentToleranceSeconds = 3,

    /// <summary>Q03: T_obs, from the end of the interval to the block, seconds. Readings later than this are not compared with their peers. Default 600.</summary>
    FreshnessWarnSeconds = 4,

    /// <summary>Q03: the deadline, seconds. Default 259,200.</summary>
    FreshnessFailSeconds = 5,

    /// <summary>Q03, Q04: how far ahead of the block an interval may end or a clock may be, seconds. Default 30.</summary>
    FutureSeconds = 6,

    /// <summary>Q04: seconds. Default 60.</summary>
    ClockSkewWarnSeconds = 7,

    /// <summary>Q04: seconds. Default 300.</summary>
    ClockSkewFailSeconds = 8,

    /// <summary>Q05: how long a payload is remembered, and how long before the period readings matter, seconds. Default 86,400.</summary>
    LookbackSeconds = 9,

    /// <summary>Q05: measured values other than zero that a payload needs to be told from another. Default 4.</summary>
    ReplayMeasuredValues = 10,

    /// <summary>Q06: intervals Δ. Default 12.</summary>
    StuckWarnIntervals = 11,

    /// <summary>Q06: intervals Δ. Default 36.</summary>
    StuckFailIntervals = 12,

    /// <summary>Q06: solar power may stand still where the sun is not higher than this, thousandths of a degree. Default 5,000.</summary>
    StuckSolarElevationMilliDegrees = 13,

    /// <summary>Q07: ε, excess over the rating, parts per million. Default 50,000.</summary>
    PowerWarnPpm = 14,

    /// <summary>Q07: parts per million. Default 150,000.</summary>
    PowerFailPpm = 15,

    /// <summary>Q07: excess that is noise, watts. Default 50.</summary>
    PowerFloorW = 16,

    /// <summary>Q08: power against the mode that is noise, watts. Default 50.</summary>
    ModePowerW = 17,

    /// <summary>Q08: power of an idle device, watts; of a station without a vehicle the limit of failure. Default 100.</summary>
    IdlePowerW = 18,

    /// <summary>Q09: how far outside its limits, parts per million of capacity. Default 20,000.</summary>
    StateOfChargeBoundPpm = 19,

    /// <summary>Q10: tolerance, parts per million of capacity. Default 10,000.</summary>
    StateOfChargeBasePpm = 20,

    /// <summary>Q10: tolerance relative to the energy of the interval, parts per million. Default 100,000.</summary>
    StateOfChargeEnergyPpm = 21,

    /// <summary>Q10: tolerances that are a failure. Default 3.</summary>
    StateOfChargeFailFactor = 22,

    /// <summary>Q10: lowest one-way efficiency where none is stated, parts per million. Default 850,000.</summary>
    LeastEfficiencyPpm = 23,

    /// <summary>Q10: highest one-way efficiency where none is stated, parts per million. Default 1,000,000.</summary>
    MostEfficiencyPpm = 24,

    /// <summary>Q06, Q11, Q12: latitude of the sites, millionths of a degree, + north. Default 34,050,000.</summary>
    LatitudeMicroDegrees = 25,

    /// <summary>Q06, Q11, Q12: longitude of the sites, millionths of a degree, + east. Default -118,250,000.</summary>
    LongitudeMicroDegrees = 26,

    /// <summary>Q11: the sun below this is night, thousandths of a degree. Default -1,000.</summary>
    NightElevationMilliDegrees = 27,

    /// <summary>Q11, Q12: solar power that is noise or twilight, watts. Default 20.</summary>
    NightPowerW = 28,

    /// <summary>Q11, Q12: the same, parts per million of nameplate. Default 5,000.</summary>
    NightWarnPpm = 29,

    /// <summary>Q11: parts per million of nameplate. Default 20,000.</summary>
    NightFailPpm = 30,

    /// <summary>Q12: power of panels per rated power at 1,000 W/m², parts per million. Default 840,000.</summary>
    SolarPerformancePpm = 31,

    /// <summary>Q12: most of nameplate, parts per million. Default 1,050,000.</summary>
    SolarNameplatePpm = 32,

    /// <summary>Q12: most of clear sky, parts per million. Default 1,300,000.</summary>
    SolarClearSkyPpm = 33,

    /// <summary>Q12: span of the mean, seconds. Default 900.</summary>
    SolarMeanSeconds = 34,

    /// <summary>Q12: most that the mean may be of clear sky, parts per million. Default 1,100,000.</summary>
    SolarMeanPpm = 35,

    /// <summary>Q12: on top of that, parts per million of nameplate. Default 20,000.</summary>
    SolarMeanAllowancePpm = 36,

    /// <summary>Q13: thousandths of a degree Celsius. Default 750.</summary>
    ThermalWarnMilliC = 37,

    /// <summary>Q13: of the moving mean, thousandths of a degree Celsius. Default 400.</summary>
    ThermalMeanWarnMilliC = 38,

    /// <summary>Q13: thousandths of a degree Celsius. Default 2,500.</summary>
    ThermalFailMilliC = 39,

    /// <summary>Q13: weight of the last residual in the moving mean, parts per million. Default 300,000.</summary>
    ThermalMeanWeightPpm = 40,

    /// <summary>Q13: what sun and people add per interval Δ, taken off the residual, thousandths of a degree Celsius. Default 0.</summary>
    ThermalBiasMilliC = 41,

    /// <summary>Q14: excess over the rating, parts per million. Default 50,000.</summary>
    AirConditionerWarnPpm = 42,

    /// <summary>Q14: parts per million. Default 150,000.</summary>
    AirConditionerFailPpm = 43,

    /// <summary>Q14: power of a unit that is off, parts per million of its rating. Default 30,000.</summary>
    AirConditionerOffPpm = 44,

    /// <summary>Q14: outdoor temperature against the median of the fleet, thousandths of a degree Celsius. Default 6,000.</summary>
    AmbientDifferenceMilliC = 45,

    /// <summary>Q15: watts. Default 100.</summary>
    SiteToleranceW = 46,

    /// <summary>Q15: of the sum of magnitudes, parts per million. Default 30,000.</summary>
    SiteTolerancePpm = 47,

    /// <summary>Q15: of the sum of magnitudes, parts per million. Default 100,000.</summary>
    SiteFailPpm = 48,

    /// <summary>Q15: most inflexible load of a site, watts. Default 100,000.</summary>
    SiteLoadMaxW = 49,

    /// <summary>Q16: of the rating, parts per million. Default 50,000.</summary>
    CommandTolerancePpm = 50,

    /// <summary>Q16: watts. Default 100.</summary>
    CommandToleranceW = 51,

    /// <summary>Q16: intervals Δ that a device has to follow. Default 2.</summary>
    CommandSettleIntervals = 52,

    /// <summary>Q17: robust deviations. Default 4.</summary>
    PeerWarnFactor = 53,

    /// <summary>Q17: robust deviations. Default 8.</summary>
    PeerFailFactor = 54,

    /// <summary>Q14, Q17: readings without which there is no median. Default 5.</summary>
    PeerMinimum = 55,

    /// <summary>Q17: least deviation relative to the median, parts per million. Default 10,000.</summary>
    PeerScalePpm = 56,

    /// <summary>Q17: least deviation of outdoor temperature, thousandths of a degree Celsius. Default 200.</summary>
    PeerAmbientMilliC = 57,

    /// <summary>Q17: least deviation of solar power, parts per million of nameplate. Default 1,000.</summary>
    PeerSolarPpm = 58,

    /// <summary>Q18: of the aggregate, parts per million. Default 10,000.</summary>
    AggregateWarnPpm = 59,

    /// <summary>Q18: of the aggregate, parts per million. Default 50,000.</summary>
    AggregateFailPpm = 60,

    /// <summary>Q18: difference that never counts, watts. Default 1,000.</summary>
    AggregateFloorW = 61,

    /// <summary>Q19: change of power per minute, of the range from full charge to full discharge, parts per million. Default 1,000,000.</summary>
    RampPpmPerMinute = 62,
}
