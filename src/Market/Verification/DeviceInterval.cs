using System.Numerics;
using DerChain.Market.Ledger;
using DerChain.Market.Quantities;

namespace DerChain.Market.Verification;

/// <summary>What the readings of one device add up to in one five-minute interval.</summary>
internal struct DeviceInterval
{
    /// <summary>One bit for each slot of five seconds that a reading covers.</summary>
    private ulong _slots;
    private ulong _activeSlots;
    private long _energyWs;
    private long _activeEnergyWs;
    private double _headroomKws;
    private double _potentialKws;

    /// <summary>Where the last reading of the interval stands, or null where there is none.</summary>
    public RecordLocation? Evidence { get; private set; }

    public ShortfallCause Limit { get; private set; }

    public ShortfallCause ResponseLimit { get; private set; }

    public readonly int CoveredSeconds => BitOperations.PopCount(_slots) * DayTimeline.SlotSeconds;

    public readonly bool IsActive => _activeSlots != 0;

    /// <summary>Mean level over what is covered, kW; + injection.</summary>
    public readonly double LevelKw => CoveredSeconds == 0 ? 0 : _energyWs / 1e3 / CoveredSeconds;

    /// <summary>Headroom over the interval, kW: what is not covered counts as none.</summary>
    public readonly double HeadroomKw => _headroomKws / MarketInterval.DispatchSeconds;

    /// <summary>Mean of the potential over what is covered outside an activation, kW.</summary>
    public readonly double PotentialKw =>
        BitOperations.PopCount(_slots & ~_activeSlots) is > 0 and var slots ? _potentialKws / (slots * DayTimeline.SlotSeconds) : 0;

    /// <summary>Response over the part of the interval under an activation, kW as a mean over the whole interval: change of the level against the
    /// level before; what is not covered counts as none.</summary>
    public readonly double ResponseKw(double levelBeforeKw)
    {
        int seconds = BitOperations.PopCount(_activeSlots) * DayTimeline.SlotSeconds;
        return (_activeEnergyWs / 1e3 - levelBeforeKw * seconds) / MarketInterval.DispatchSeconds;
    }

    /// <summary>Claims slots for a reading; false where another reading has one of them.</summary>
    public bool TryClaim(int firstSlot, int slots)
    {
        ulong mask = Mask(firstSlot, slots);
        if ((_slots & mask) != 0) return false;
        _slots |= mask;
        return true;
    }

    /// <summary>Adds a reading whose slots are claimed.</summary>
    public void Add(int firstSlot, int slots, long levelW, ReserveHeadroom headroom, bool isActive, RecordLocation evidence)
    {
        int seconds = slots * DayTimeline.SlotSeconds;
        _energyWs += levelW * seconds;
        if (isActive)
        {
            _activeSlots |= Mask(firstSlot, slots);
            _activeEnergyWs += levelW * seconds;
        }
        else
        {
            _headroomKws += headroom.Kw * seconds;
            _potentialKws += headroom.PotentialKw * seconds;
        }
        (Limit, ResponseLimit, Evidence) = (headroom.Limit, headroom.ResponseLimit, evidence);
    }

    private static ulong Mask(int firstSlot, int slots) => (1UL << slots) - 1 << firstSlot;
}
