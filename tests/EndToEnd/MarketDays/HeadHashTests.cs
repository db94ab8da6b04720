using DerChain.Chain.Blocks;
using DerChain.Chain.Primitives;
using DerChain.Chain.Storage;
using DerChain.Market.Scenario;
using DerChain.Tests.Shared;

namespace DerChain.EndToEnd.Tests.MarketDays;

public sealed class HeadHashTests
{
    private const int Messages = 700;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void The_head_does_not_depend_on_the_number_of_threads(int threads)
    {
        MarketDay day = SmallDay.FirstMessages(prosumers: 8, Messages);
        using MarketDayRun one = SmallDay.Record(day, validators: 3, threads: 1, static _ => new MemoryStore());
        using MarketDayRun many = SmallDay.Record(day, validators: 3, threads, static _ => new MemoryStore());

        Assert.Equal(one.Consortium.Chain.Head.Hash, many.Consortium.Chain.Head.Hash);
    }

    [Fact]
    public void The_head_depends_on_the_number_of_validators()
    {
        MarketDay day = SmallDay.FirstMessages(prosumers: 8, Messages);
        using MarketDayRun two = SmallDay.Record(day, validators: 2, threads: 2, static _ => new MemoryStore());
        using MarketDayRun three = SmallDay.Record(day, validators: 3, threads: 2, static _ => new MemoryStore());

        Assert.NotEqual(two.Consortium.Chain.Head.Hash, three.Consortium.Chain.Head.Hash);
    }

    [Fact]
    public void Every_validator_ends_with_the_same_head_state_and_bytes()
    {
        MarketDay day = SmallDay.FirstMessages(prosumers: 8, Messages);
        using MarketDayRun run = SmallDay.Record(day, validators: 5, threads: 2, static _ => new MemoryStore());

        var first = run.Consortium.Network.Validators[0].Chain;
        foreach (var validator in run.Consortium.Network.Validators)
        {
            Assert.Equal(first.Head, validator.Chain.Head);
            Assert.Equal(
                first.Blocks().SelectMany(static block => block.Encode()),
                validator.Chain.Blocks().SelectMany(static block => block.Encode()));
        }
    }

    [Fact]
    public void Every_block_is_sealed_in_turn()
    {
        MarketDay day = SmallDay.FirstMessages(prosumers: 8, Messages);
        using MarketDayRun run = SmallDay.Record(day, validators: 3, threads: 2, static _ => new MemoryStore());

        Assert.All(run.Consortium.Chain.Blocks(1), static block => Assert.Equal((UInt256)2, block.Header.Difficulty));
    }

    [Fact]
    public void A_run_that_is_stopped_goes_on_to_the_same_head()
    {
        MarketDay day = SmallDay.FirstMessages(prosumers: 8, Messages);
        using MarketDayRun whole = SmallDay.Record(day, validators: 3, threads: 2, static _ => new MemoryStore());
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        Block stoppedAt;
        using (MarketDayRun stopped = Open(day, folder))
        {
            Assert.Throws<OperationCanceledException>(() => stopped.Record(new StopAfter(stop, blocks: 9), stop.Token));
            stoppedAt = stopped.Consortium.Chain.FindBlock(stopped.Consortium.Chain.Head.Hash)!;
        }

        using MarketDayRun resumed = Open(day, folder);
        Assert.True(resumed.IsResumed);
        Assert.Equal(stoppedAt.Hash, resumed.Consortium.Chain.Head.Hash);
        resumed.Record(progress: null, TestContext.Current.CancellationToken);

        Assert.Equal(9UL, stoppedAt.Number);
        Assert.Equal(whole.Consortium.Chain.Head.Hash, resumed.Consortium.Chain.Head.Hash);
    }

    [Fact]
    public void A_validator_that_lost_its_store_gets_the_chain_from_the_others()
    {
        MarketDay day = SmallDay.FirstMessages(prosumers: 4, count: 200);
        using var folder = new TemporaryFolder();
        Hash256 head;
        using (MarketDayRun run = SmallDay.Record(day, validators: 3, threads: 2, index => LiteDbStore.Open(folder.File($"{index}.db"))))
            head = run.Consortium.Chain.Head.Hash;

        File.Delete(folder.File("1.db"));
        using MarketDayRun again = Open(day, folder);

        Assert.All(again.Consortium.Network.Validators, validator => Assert.Equal(head, validator.Chain.Head.Hash));
    }

    [Fact]
    public void A_chain_of_another_day_is_refused_and_left_as_it_is()
    {
        MarketDay day = SmallDay.FirstMessages(prosumers: 4, count: 200);
        using var folder = new TemporaryFolder();
        Hash256 head;
        using (MarketDayRun run = SmallDay.Record(day, validators: 3, threads: 2, index => LiteDbStore.Open(folder.File($"{index}.db"))))
            head = run.Consortium.Chain.Head.Hash;

        MarketDay shorter = SmallDay.FirstMessages(prosumers: 4, count: 150);
        using (MarketDayRun other = Open(shorter, folder))
            Assert.Throws<DayConflictException>(() => other.Record(progress: null, TestContext.Current.CancellationToken));

        using MarketDayRun again = Open(day, folder);
        Assert.Equal(head, again.Consortium.Chain.Head.Hash);
    }

    private static MarketDayRun Open(MarketDay day, TemporaryFolder folder) => MarketDayRun.Open(day, new MarketDayOptions
    {
        Seed = SmallDay.Seed,
        Threads = 2,
        OpenStore = index => LiteDbStore.Open(folder.File($"{index}.db")),
    });

    private sealed class StopAfter(CancellationTokenSource source, ulong blocks) : IProgress<MarketDayProgress>
    {
        public void Report(MarketDayProgress value)
        {
            if (value.Blocks == blocks)
                source.Cancel();
        }
    }
}
