using System.Diagnostics;
using System.Text;
using Xunit.Sdk;

namespace DerChain.Tests.Shared.Fuzzing;

/// <summary>Feeds mutated inputs to decoders in turn. The same seed gives the same inputs in the same order; only how many there is time for differs.</summary>
internal sealed class Fuzzer(ulong seed, IReadOnlyList<FuzzTarget> targets)
{
    private const ulong DefaultSeed = 20_221_122;
    private const int Turn = 64;

    private readonly Tally[] _tallies = [.. targets.Select(static target => new Tally(target))];
    private readonly List<string> _failures = [];
    private volatile string _current = "none";

    /// <summary>Fuzzes for the time given, or in a full run (DERCHAIN_FULL=1) for the number of inputs. DERCHAIN_FUZZ_SEED names another seed.</summary>
    /// <returns>Counts for each target.</returns>
    public static async Task<string> RunAsync(IReadOnlyList<FuzzTarget> targets, TimeSpan time, int fullCount)
    {
        ulong seed = ulong.TryParse(Environment.GetEnvironmentVariable("DERCHAIN_FUZZ_SEED"), out ulong named) ? named : DefaultSeed;
        bool isFull = Environment.GetEnvironmentVariable("DERCHAIN_FULL") == "1";
        var fuzzer = new Fuzzer(seed, targets);
        Task run = Task.Run(() => fuzzer.Run(isFull ? TimeSpan.MaxValue : time, isFull ? fullCount : int.MaxValue));
        try
        {
            await run.WaitAsync(TimeSpan.FromMinutes(isFull ? 60 : 10));
        }
        catch (TimeoutException)
        {
            throw new XunitException($"The run does not end. The last input: {fuzzer._current}");
        }

        string report = fuzzer.Report();
        return fuzzer._failures.Count == 0 ? report : throw new XunitException($"{string.Join("\n\n", fuzzer._failures)}\n\n{report}");
    }

    private void Run(TimeSpan time, int count)
    {
        foreach (FuzzTarget target in targets)
            Warm(target);

        var watch = Stopwatch.StartNew();
        for (int made = 0; made < count && watch.Elapsed < time;)
        {
            foreach (Tally tally in _tallies)
            {
                for (int turn = 0; turn < Turn && !tally.HasFailed; turn++)
                    Feed(tally);

                made += Turn;
            }
        }
    }

    // Every input of the corpus is valid; reading it first also loads what is allocated once.
    private static void Warm(FuzzTarget target)
    {
        foreach (byte[] input in target.Corpus)
        {
            try
            {
                target.Accepts(input);
            }
            catch (XunitException)
            {
                // Allocation is what the first call of a method costs; the second call must keep the limit.
            }

            if (!target.Accepts(input))
                throw new XunitException($"{target.Name}: the corpus holds an input that is refused: {Convert.ToHexStringLower(input)}");
        }
    }

    private void Feed(Tally tally)
    {
        byte[] input = MakeInput(tally.Target, new FuzzRandom(unchecked(seed * 31 + (ulong)tally.Inputs)));
        if (tally.Inputs % Turn == 0)
            _current = $"{tally.Target.Name}, from the {tally.Inputs}th on";

        long start = Stopwatch.GetTimestamp();
        try
        {
            tally.Count(tally.Target.Accepts(input), Stopwatch.GetTimestamp() - start, input.Length);
        }
        catch (Exception exception)
        {
            tally.HasFailed = true;
            _failures.Add(
                $"{tally.Target.Name}, seed {seed}, input {tally.Inputs}: {exception.GetType().Name}: {exception.Message}\n"
                + $"Add it to the regressions: (\"{tally.Target.Name}\", \"{Convert.ToHexStringLower(input)}\")\n{exception.StackTrace}");
        }
    }

    private static byte[] MakeInput(FuzzTarget target, FuzzRandom random)
    {
        byte[] input = random.OneIn(64) ? random.Bytes(random.Below(256)) : random.Pick(target.Corpus);
        do
        {
            byte[] other = random.Pick(target.Corpus);
            byte[] changed = target.IsRlp && random.OneIn(2) ? RlpMutation.Apply(input, other, random) : ByteMutation.Apply(input, other, random);
            input = changed.Length <= target.MaxInputBytes ? changed : input;
        }
        while (random.OneIn(2));

        return target.Repair(input);
    }

    private string Report()
    {
        var text = new StringBuilder($"Fuzzing, seed {seed}: {_tallies.Sum(static tally => tally.Inputs):N0} inputs\n");
        foreach (Tally tally in _tallies)
            text.AppendLine(tally.ToString());

        return text.ToString();
    }

    private sealed class Tally(FuzzTarget target)
    {
        private long _accepted;
        private long _slowest;
        private int _slowestLength;

        public FuzzTarget Target => target;

        public long Inputs { get; private set; }

        /// <summary>A target that broke a promise gets no further inputs; the others go on.</summary>
        public bool HasFailed { get; set; }

        public void Count(bool accepted, long ticks, int length)
        {
            Inputs++;
            _accepted += accepted ? 1 : 0;
            if (ticks <= _slowest)
                return;

            _slowest = ticks;
            _slowestLength = length;
        }

        public override string ToString() =>
            $"{target.Name,-20} {Inputs,10:N0} inputs, {_accepted,9:N0} read, slowest {_slowest * 1e3 / Stopwatch.Frequency:N1} ms for {_slowestLength:N0} bytes";
    }
}
