using System.Collections.Immutable;

namespace DerChain.Testing.Simulation;

/// <summary>Draws the options of a run from its seed.</summary>
internal static class OptionsDraw
{
    private const int Half = 500;

    public static SimulationOptions From(ulong seed)
    {
        var random = new SimulationRandom(seed);
        int validators = random.Pick(1, 2, 3, 3, 3, 3, 4, 4, 4, 5, 5, 5, 6, random.Pick(7, 8, 10));
        ulong slot = random.Pick(250UL, 500UL, 500UL, 1_000UL);
        ulong period = random.Pick(0UL, 1UL, 1UL, 2UL, 5UL);
        var quiet = new SimulationOptions
        {
            Validators = validators,
            PeriodSeconds = period,
            EpochLength = random.Pick(7UL, 30UL, 100UL, 30_000UL),
            SlotMilliseconds = slot,
            AnnouncementMilliseconds = Math.Max(1, period) * 4_000,
            TransactionIntervalMilliseconds = period == 0 ? random.Pick(300UL, 1_000UL) : random.Pick(3_000UL, 6_000UL) * period,
            DelayMinMilliseconds = 1,
            DelayMeanMilliseconds = slot / 16,
            DelayMaxMilliseconds = slot / 8,
            Reorders = random.PerMille(Half),
            DuplicationPerMille = random.PerMille(Half) ? random.Pick(10, 100) : 0,
            HealAfterMilliseconds = 300 * (Math.Max(period, 1) * 1_000 + slot) * 2,
        };
        return Vote(Skew(random.PerMille(Half) ? Break(quiet, random) : Forge(quiet, random), random), random);
    }

    private static SimulationOptions Skew(SimulationOptions options, SimulationRandom random)
    {
        if (random.PerMille(Half))
            return options;

        // Below a quarter of a slot between any two, the finality assumption stands; above a slot it does not.
        bool isWide = !options.KeepsFinalityAssumption && random.PerMille(Half);
        ulong most = isWide ? 3 * options.SlotMilliseconds : options.SlotMilliseconds / 8;
        var skews = ImmutableArray.CreateBuilder<ClockSkew?>();
        for (int i = 0; i < options.Validators; i++)
        {
            long offset = (long)random.Between(0, 2 * most) - (long)most;
            var kind = random.Pick(ClockSkewKind.Fixed, ClockSkewKind.Drift, ClockSkewKind.Step);
            skews.Add(random.PerMille(Half) ? new ClockSkew(kind, offset, random.Between(1, 120_000)) : null);
        }

        return options with { ClockSkews = skews.DrainToImmutable() };
    }

    // Faults that the finality assumption allows.
    private static SimulationOptions Forge(SimulationOptions options, SimulationRandom random)
    {
        ByzantineBehaviour[] allowed = [ByzantineBehaviour.WrongDifficulty, ByzantineBehaviour.EarlyTimestamp, ByzantineBehaviour.VoteSpam];
        return random.PerMille(Half) ? options : options with { Byzantine = Signers(options.Validators, allowed, random) };
    }

    // Faults that it does not allow.
    private static SimulationOptions Break(SimulationOptions options, SimulationRandom random)
    {
        SimulationOptions broken = options;
        ulong slot = options.SlotMilliseconds;
        if (random.PerMille(Half))
            broken = broken with { LossPerMille = random.Pick(5, 20, 100, 300) };

        if (random.PerMille(Half))
            broken = broken with { DelayMeanMilliseconds = slot / 4, DelayMaxMilliseconds = slot * random.Pick(1UL, 2UL, 8UL) };

        if (random.PerMille(Half))
        {
            var mode = random.Pick(PartitionMode.TwoSides, PartitionMode.OneAlone, PartitionMode.RandomConnections);
            broken = broken with { Partitions = new PartitionOptions(mode, random.PerMille(Half), random.Pick(20_000UL, 60_000UL), random.Pick(5_000UL, 20_000UL)) };
        }

        if (random.PerMille(Half))
            broken = broken with { Crashes = new CrashOptions(random.Pick(10_000UL, 40_000UL), random.Pick(3_000UL, 20_000UL), random.Pick(0, 300, 700)) };

        if (random.PerMille(Half))
        {
            ByzantineBehaviour[] all = [.. Enum.GetValues<ByzantineBehaviour>().Where(static behaviour => behaviour != ByzantineBehaviour.None)];
            broken = broken with { Byzantine = Signers(options.Validators, all, random) };
        }

        return broken;
    }

    private static ImmutableArray<ByzantineValidator> Signers(int validators, ByzantineBehaviour[] allowed, SimulationRandom random)
    {
        var signers = ImmutableArray.CreateBuilder<ByzantineValidator>();
        int most = Math.Min(2, (validators - 1) / 2);
        for (int i = 0; i < most; i++)
        {
            ByzantineBehaviour behaviours = ByzantineBehaviour.None;
            foreach (ByzantineBehaviour behaviour in allowed)
                behaviours |= random.PerMille(Half) ? behaviour : ByzantineBehaviour.None;

            if (behaviours != ByzantineBehaviour.None)
                signers.Add(new ByzantineValidator(i, behaviours));
        }

        return signers.DrainToImmutable();
    }

    private static SimulationOptions Vote(SimulationOptions options, SimulationRandom random) => random.PerMille(Half)
        ? options
        : options with { Followers = random.Pick(0, 1, 2), VotingIntervalMilliseconds = random.Pick(20_000UL, 60_000UL) };
}
