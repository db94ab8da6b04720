using System.Collections.Immutable;
using System.Numerics;
using DerChain.Chain.Primitives;
using DerChain.Market.Ledger;
using DerChain.Market.Participants;
using DerChain.Market.Quantities;
using DerChain.Market.Settlement;

namespace DerChain.Market.Verification;

/// <summary>Traces the response to an activation to prosumers and devices, all read in the same windows (docs/spec/market.md, 2.5).</summary>
internal sealed class ActivationTracing(DayTimeline day, Registry registry, Address aggregator, IReadOnlyList<DeviceSeries> devices, FleetReserve reserve)
{
    private const long FlaggedW = 200;
    private const int FlaggedShare = 10;

    /// <param name="activation">The activation.</param>
    /// <param name="lastBefore">The last interval before it; −1 where there is none in the day.</param>
    /// <param name="windows">Where its response was read.</param>
    /// <param name="creditedW">What was credited to it.</param>
    /// <param name="commands">The commands of the day.</param>
    public ActivationTrace Trace(KnownActivation activation, int lastBefore, ResponseWindows windows, long creditedW, ActivationCommands commands)
    {
        long at = activation.Record.Period.StartUnixSeconds;
        ImmutableArray<(Address Prosumer, ImmutableArray<ResourceResponse> Resources)> prosumers =
        [
            .. devices.Select(device => (Owner: device.OwnerIn(registry, aggregator, at), Device: device))
                .Where(static pair => pair.Owner is not null)
                .GroupBy(static pair => pair.Owner!.Value, pair => ResponseOf(pair.Device, windows))
                .OrderBy(static group => group.Key)
                .Select(static group => (group.Key, group.ToImmutableArray())),
        ];
        ImmutableArray<long> metered = [.. prosumers.Select(static prosumer => MeteredOf(prosumer.Resources))];
        ImmutableArray<Int128> committed = Divide(
            activation.Record.RequestedW, [.. prosumers.Select(prosumer => lastBefore < 0 ? 0 : Math.Max(0, reserve.ShownMwsOf(prosumer.Prosumer)[lastBefore]))]);
        ImmutableArray<Int128> delivered = LargestRemainder.Round(
            [.. metered.Select(static energy => (BigInteger)energy)], windows.WindowSlots * DayTimeline.SlotSeconds * windows.Slots.Length, creditedW);
        return new ActivationTrace(
            windows.WindowSlots * DayTimeline.SlotSeconds,
            windows.Slots.Length,
            day.StartUnixSeconds + windows.StartSlot * DayTimeline.SlotSeconds,
            day.StartUnixSeconds + windows.Slots[0] * DayTimeline.SlotSeconds,
            metered.Sum(),
            [
                .. prosumers.Select((prosumer, index) => new ProsumerResponse(
                    prosumer.Prosumer,
                    metered[index],
                    (long)committed[index],
                    (long)delivered[index],
                    IsFlagged(prosumer.Resources, metered[index], windows),
                    Reference(commands.Find(activation.Record.Activation, prosumer.Prosumer)),
                    prosumer.Resources)),
            ]);
    }

    private static long MeteredOf(ImmutableArray<ResourceResponse> resources) =>
        resources.Where(static resource => resource.ResourceKind == ResourceKind.Meter).Sum(static resource => resource.ResponseWattSeconds);

    private static ResourceResponse ResponseOf(DeviceSeries device, ResponseWindows windows)
    {
        (long start, _) = device.EnergyOf(windows.StartSlot, windows.WindowSlots);
        long response = windows.Slots.Sum(slot => device.EnergyOf(slot, windows.WindowSlots).EnergyWs);
        return new ResourceResponse(
            device.Resource,
            device.Kind,
            response - start * windows.Slots.Length,
            Reference(device.EvidenceIn(windows.StartSlot, windows.WindowSlots)),
            Reference(device.EvidenceIn(windows.Slots[0], windows.Slots[^1] + windows.WindowSlots - windows.Slots[0])));
    }

    private static bool IsFlagged(ImmutableArray<ResourceResponse> resources, long metered, ResponseWindows windows)
    {
        long devices = resources.Where(static resource => resource.ResourceKind != ResourceKind.Meter).Sum(static resource => resource.ResponseWattSeconds);
        long unexplained = Math.Abs(metered - devices);
        return unexplained > FlaggedW * windows.WindowSlots * DayTimeline.SlotSeconds * windows.Slots.Length && unexplained * FlaggedShare > Math.Abs(metered);
    }

    private static ImmutableArray<Int128> Divide(long sum, ImmutableArray<long> weights)
    {
        BigInteger whole = weights.Aggregate(BigInteger.Zero, static (all, weight) => all + weight);
        return whole.IsZero
            ? [.. weights.Select(static _ => Int128.Zero)]
            : LargestRemainder.Round([.. weights.Select(weight => (BigInteger)weight * sum)], whole, sum);
    }

    private static EvidenceReference? Reference(ReadingRecord? record) => record is null ? null : new EvidenceReference(record.Hash, record.Location);

    private static EvidenceReference? Reference(LedgerEntry? entry) => entry is null ? null : new EvidenceReference(entry.RecordHash, entry.Location);
}
