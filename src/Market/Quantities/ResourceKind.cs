namespace DerChain.Market.Quantities;

/// <summary>Type of a device of a prosumer: which row of Tables III and IV it has.</summary>
public enum ResourceKind : byte
{
    /// <summary>The meter at the point of interconnection (ω^s): the prosumer's net power.</summary>
    Meter = 1,

    /// <summary>Photovoltaic panels (ω^pv).</summary>
    Solar = 2,

    /// <summary>Air conditioner (ω^th).</summary>
    AirConditioner = 3,

    /// <summary>Battery energy storage system (ω^b).</summary>
    Battery = 4,

    /// <summary>Electric-vehicle charging station (ω^ev).</summary>
    ChargingStation = 5,
}
