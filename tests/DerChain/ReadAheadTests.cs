namespace DerChain.Tests;

public sealed class ReadAheadTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000)]
    public void The_items_come_in_their_order(int count) =>
        Assert.Equal(Enumerable.Range(0, count), ReadAhead.Of(Enumerable.Range(0, count), items: 3));

    [Fact]
    public void What_the_sequence_throws_comes_behind_the_items_before_it()
    {
        var taken = new List<int>();
        var thrown = Assert.Throws<InvalidDataException>(() => taken.AddRange(ReadAhead.Of(Failing(), items: 2)));
        Assert.Equal("The sequence fails.", thrown.Message);
        Assert.Equal([0, 1, 2, 3, 4], taken);
    }

    [Fact]
    public void Whoever_stops_ends_the_sequence_a_few_items_ahead()
    {
        int made = 0;
        bool isEnded = false;
        IEnumerable<int> Endless()
        {
            try
            {
                while (true)
                    yield return made++;
            }
            finally
            {
                isEnded = true;
            }
        }

        Assert.Equal([0, 1, 2], ReadAhead.Of(Endless(), items: 4).Take(3));
        Assert.True(isEnded);
        Assert.InRange(made, 3, 3 + 4 + 2);
    }

    private static IEnumerable<int> Failing()
    {
        for (int item = 0; item < 5; item++)
            yield return item;

        throw new InvalidDataException("The sequence fails.");
    }
}
