using System.Numerics;
using DerChain.Market.Ledger;
using DerChain.Market.Quantities;

namespace DerChain.Market.Verification;

/// <summary>What the readings of one device add up to in one five-minute interval. Sums are integers: the order of the readings does not matter.</summary>
internal struct DeviceInterval
{
    /// <summary>One bit for each slot of five seconds that a reading covers.</summary>
    private ulong _slots;
    private ulong _activeSlots;
    private ulong _headroomSlots;
    private long _energyWs;
    private long _activeEnergyWs;
    private long _headroomMws;
    private long _potentialMws;
    private int _lastSlot;

    /// <summary>Where the last reading of the interval stands, or null where there is none.</summary>
    public RecordLocation? Evidence { get; private set; }

    public ShortfallCause Limit { get; private set; }

    public ShortfallCause ResponseLimit { get; private set; }

    public readonly int CoveredSeconds => Seconds(_slots);

    public readonly bool IsActive => _activeSlots != 0;

    /// <summary>Energy over what is covered, watt-seconds; + injection.</summary>
    public readonly long EnergyWs => _energyWs;

    /// <summary>Headroom times seconds, milliwatt-seconds: what is not covered counts as none. Where a vehicle took another's place, its headroom stands for both.</summary>
    public readonly long HeadroomMws =>
        _headroomSlots == (_slots & ~_activeSlots) || _headroomSlots == 0
            ? _headroomMws
            : _headroomMws / Seconds(_headroomSlots) * Seconds(_slots & ~_activeSlots);

    /// <summary>Mean of the potential over what is covered outside an activation, held for the whole interval, milliwatt-seconds.</summary>
    public readonly long PotentialMws =>
        Seconds(_slots & ~_activeSlots) is > 0 and var seconds ? _potentialMws / seconds * MarketInterval.DispatchSeconds : 0;

    /// <summary>Response over the part of the interval under an activation, milliwatt-seconds: change of the level against the level before; what is not
    /// covered counts as none.</summary>
    public readonly long ResponseMws(in DeviceInterval before) =>
        _activeEnergyWs * 1000 - (long)((Int128)before._energyWs * 1000 * Seconds(_activeSlots) / before.CoveredSeconds);

    /// <summary>Adds a reading whose slots no other has.</summary>
    /// <param name="sample">The reading.</param>
    /// <param name="isActive">True where it is under an activation.</param>
    /// <param name="isOfEndSession">False where another vehicle stands at the station when the interval ends.</param>
    public void Add(in ReadingSample sample, bool isActive, bool isOfEndSession)
    {
        _slots |= sample.Mask;
        _energyWs += sample.LevelW * sample.Seconds;
        if (isActive)
        {
            _activeSlots |= sample.Mask;
            _activeEnergyWs += sample.LevelW * sample.Seconds;
        }
        else
        {
            _potentialMws += sample.PotentialMw * sample.Seconds;
            if (isOfEndSession)
            {
                _headroomSlots |= sample.Mask;
                _headroomMws += sample.HeadroomMw * sample.Seconds;
            }
        }
        if (Evidence is not null && sample.FirstSlot < _lastSlot) return;
        (Limit, ResponseLimit, Evidence, _lastSlot) = (sample.Limit, sample.ResponseLimit, sample.Record.Location, sample.FirstSlot);
    }

    private static int Seconds(ulong slots) => BitOperations.PopCount(slots) * DayTimeline.SlotSeconds;
}
