using DerChain.Chain.Primitives;
using DerChain.Market.Codec;
using DerChain.Market.Scenario;
using DerChain.RecordFiles;

namespace DerChain.Tests.RecordFiles;

public sealed class RoundTripTests
{
    private const ulong Seed = CaseStudyOptions.ReferenceSeed;

    [Theory]
    [InlineData(5, Seed)]
    [InlineData(1, 7UL)]
    [InlineData(200, Seed)]
    public void What_is_written_is_read_again_message_for_message(int prosumers, ulong seed)
    {
        using var folder = new TemporaryFolder();
        MarketDay day = CaseStudy.Create(new CaseStudyOptions { Prosumers = prosumers, Seed = seed });
        MarketDayFiles.Write(day, seed, 222_200, folder.Path);
        FileReading<StoredMarketDay> reading = MarketDayFiles.Read(folder.Path);
        Assert.True(reading.IsValid, string.Join('\n', reading.Problems.Take(5)));
        Assert.Equal((seed, 222_200UL), (reading.Value.Seed, reading.Value.ChainId));
        AssertSame(day, reading.Value.Day);
    }

    [Fact]
    public void A_day_without_disturbances_has_a_file_of_activations_with_a_header_alone()
    {
        using var folder = new TemporaryFolder();
        MarketDay day = CaseStudy.Create(new CaseStudyOptions { Prosumers = 2, Activations = false });
        MarketDayFiles.Write(day, ulong.MaxValue, 1, folder.Path);
        Assert.Single(File.ReadAllLines(Path.Combine(folder.Path, "reserve-activations.csv")));
        FileReading<StoredMarketDay> reading = MarketDayFiles.Read(folder.Path);
        Assert.Equal(ulong.MaxValue, reading.Value!.Seed);
        AssertSame(day, reading.Value.Day);
    }

    [Fact]
    public void The_chain_of_a_day_read_from_files_has_the_same_head()
    {
        using var folder = new TemporaryFolder();
        MarketDay day = CaseStudy.Create(new CaseStudyOptions { Prosumers = 1 });
        MarketDayFiles.Write(day, Seed, 222_200, folder.Path);
        StoredMarketDay stored = MarketDayFiles.Read(folder.Path).Value!;
        Assert.Equal(HeadOf(day, Seed, 222_200), HeadOf(stored.Day, stored.Seed, stored.ChainId));
    }

    [Fact]
    public void Write_ToAFolderThatIsNotEmpty_IsRefusedAndChangesNothing()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        File.WriteAllText(Path.Combine(folder.Path, "thesis.txt"), "mine");
        MarketDay day = CaseStudy.Create(new CaseStudyOptions { Prosumers = 1 });
        var refusal = Assert.Throws<IOException>(() => MarketDayFiles.Write(day, 1, 1, folder.Path));
        Assert.Contains("is not empty", refusal.Message);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(folder.Path, "thesis.txt")));
        Assert.Equal(["day"], folder.Entries);
    }

    [Fact]
    public void Write_ToAnEmptyFolder_FillsIt()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.Path);
        MarketDayFiles.Write(CaseStudy.Create(new CaseStudyOptions { Prosumers = 1 }), 1, 1, folder.Path);
        Assert.True(MarketDayFiles.Read(folder.Path).IsValid);
        Assert.Equal(["day"], folder.Entries);
    }

    [Fact]
    public void Write_WithMessagesOutOfOrder_IsRefusedAndLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        MarketDay day = CaseStudy.Create(new CaseStudyOptions { Prosumers = 2 });
        MarketDay turned = With(day, day.Messages.Take(500).Reverse());
        Assert.Contains("order", Assert.Throws<ArgumentException>(() => MarketDayFiles.Write(turned, 1, 1, folder.Path)).Message);
        Assert.Empty(folder.Entries);
    }

    [Fact]
    public void Write_WithAMessageTheLedgerWouldNotTake_IsRefused()
    {
        using var folder = new TemporaryFolder();
        MarketDay day = CaseStudy.Create(new CaseStudyOptions { Prosumers = 2 });
        MarketDay wrong = With(day, day.Messages.Take(1).Select(message => message with { Sender = message.Receiver }));
        var refusal = Assert.Throws<ArgumentException>(() => MarketDayFiles.Write(wrong, 1, 1, folder.Path));
        Assert.Contains("sent by the role Aggregator", refusal.Message);
    }

    private static Hash256 HeadOf(MarketDay day, ulong seed, ulong chainId)
    {
        using MarketDayRun run = MarketDayRun.Open(day, new MarketDayOptions { Seed = seed, ChainId = chainId, Validators = 1 });
        run.Record(progress: null, TestContext.Current.CancellationToken);
        return run.Consortium.Chain.Head.Hash;
    }

    private static MarketDay With(MarketDay day, IEnumerable<ScenarioMessage> messages) => new()
    {
        Day = day.Day,
        Aggregation = day.Aggregation,
        SystemOperator = day.SystemOperator,
        Aggregator = day.Aggregator,
        Participants = day.Participants,
        Resources = day.Resources,
        Messages = messages,
        FleetDescription = day.FleetDescription,
        Origin = day.Origin,
    };

    private static void AssertSame(MarketDay expected, MarketDay actual)
    {
        Assert.Equal((expected.Day.Date, expected.Day.TimeZone), (actual.Day.Date, actual.Day.TimeZone));
        Assert.Equal(
            (expected.Aggregation, expected.SystemOperator, expected.Aggregator),
            (actual.Aggregation, actual.SystemOperator, actual.Aggregator));
        Assert.Equal(expected.Participants.AsEnumerable(), actual.Participants);
        Assert.Equal(expected.Resources.AsEnumerable(), actual.Resources);
        Assert.Equal(expected.FleetDescription, actual.FleetDescription);
        Assert.Equal(expected.Origin.AsEnumerable(), actual.Origin);
        int number = 0;
        using IEnumerator<ScenarioMessage> read = actual.Messages.GetEnumerator();
        foreach (ScenarioMessage message in expected.Messages)
        {
            Assert.True(read.MoveNext(), $"Message {number} is not there.");
            Assert.Equal(
                (message.RecordedAtUnixSeconds, message.Sender, message.Receiver),
                (read.Current.RecordedAtUnixSeconds, read.Current.Sender, read.Current.Receiver));
            bool isSame = RecordCodec.Encode(message.Record).AsSpan().SequenceEqual(RecordCodec.Encode(read.Current.Record));
            Assert.True(isSame, $"Message {number}, {message.Record.Kind} of {message.Sender}, differs.");
            number++;
        }

        Assert.False(read.MoveNext());
    }
}
