using DerChain.Cli.Report;
using DerChain.Market.Quantities;
using DerChain.Market.Verification;

namespace DerChain.EndToEnd.Tests.Report;

public sealed class WordingTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("2", new[] { "2" })]
    [InlineData("2 and 11", new[] { "2", "11" })]
    [InlineData("2, 11, 12 and 19", new[] { "2", "11", "12", "19" })]
    public void A_list_reads_as_in_a_sentence(string expected, string[] items) => Assert.Equal(expected, Wording.List(items));

    [Fact]
    public void There_are_words_of_its_own_for_every_verdict_cause_and_type_of_device()
    {
        string[] words =
        [
            .. Enum.GetValues<ReserveVerdict>().Select(Wording.Of),
            .. Enum.GetValues<ShortfallCause>().Select(Wording.Of),
            .. Enum.GetValues<ResourceKind>().Select(Wording.Of),
        ];

        Assert.Equal(words.Distinct(), words);
    }

    [Theory]
    [InlineData(-0.4, "0")]
    [InlineData(1290.4, "1,290")]
    [InlineData(-1092.6, "-1,093")]
    public void Whole_numbers_have_thousands_and_no_negative_zero(double value, string expected) =>
        Assert.Equal(expected, Numbers.Whole(value));

    [Fact]
    public void A_share_of_nothing_is_nothing() => Assert.Equal("0.0 %", Numbers.Percent(0, 0));
}
