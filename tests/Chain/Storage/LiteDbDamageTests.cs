using DerChain.Chain.Storage;

namespace DerChain.Chain.Tests.Storage;

/// <summary>A damaged LiteDB file: the entries it was given, or a store exception; no wrong value, no other exception, no endless loop.</summary>
public sealed class LiteDbDamageTests : IDisposable
{
    private const int Entries = 300;
    private const int EntriesOfABatch = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _sound;

    public LiteDbDamageTests()
    {
        using (LiteDbStore store = LiteDbStore.Open(_folder.File("sound.db")))
            Commit(store);

        _sound = File.ReadAllBytes(_folder.File("sound.db"));
    }

    public void Dispose()
    {
        // What LiteDB leaves to its finalizers must not end the process.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        _folder.Dispose();
    }

    [Fact]
    public void Changed_bytes_are_found_or_harmless()
    {
        var random = new Random(20_221_107);
        EachCase.Holds(Enumerable.Range(0, 60), number => $"change {number}", number =>
        {
            byte[] damaged = [.. _sound];
            for (int change = 0; change <= number % 4; change++)
                damaged[random.Next(damaged.Length)] ^= (byte)random.Next(1, 256);

            AssertSoundOrRefused(damaged, number);
        });
    }

    [Fact]
    public void Changed_page_headers_are_found_or_harmless()
    {
        const int PageBytes = 8192;
        var random = new Random(7);
        EachCase.Holds(Enumerable.Range(0, 60), number => $"change {number}", number =>
        {
            byte[] damaged = [.. _sound];
            damaged[random.Next(damaged.Length / PageBytes) * PageBytes + random.Next(32)] ^= (byte)random.Next(1, 256);
            AssertSoundOrRefused(damaged, 1_000 + number);
        });
    }

    [Fact]
    public void A_shortened_file_is_found()
    {
        var random = new Random(42);
        EachCase.Holds(Enumerable.Range(0, 20), number => $"shortening {number}", number =>
        {
            int length = random.Next(1, _sound.Length);
            AssertSoundOrRefused(_sound[..(number % 2 == 0 ? length : length / 8192 * 8192 + (length < 8192 ? 1 : 0))], 2_000 + number);
        });
    }

    [Fact]
    public void A_file_cut_at_any_length_is_found()
    {
        int step = Environment.GetEnvironmentVariable("DERCHAIN_FULL") == "1" ? 509 : 8_192 - 13;
        EachCase.Holds(
            Enumerable.Range(0, _sound.Length / step).Select(index => 1 + index * step),
            static length => $"length {length}",
            length => AssertSoundOrRefused(_sound[..length], 10_000 + length));
    }

    private static void Commit(LiteDbStore store)
    {
        for (int start = 0; start < Entries; start += EntriesOfABatch)
        {
            var batch = new WriteBatch();
            for (int number = start; number < start + EntriesOfABatch; number++)
                batch.Put(Key(number), Value(number));

            store.Commit(batch);
        }
    }

    private void AssertSoundOrRefused(byte[] content, int number)
    {
        string path = _folder.File($"damaged{number}.db");
        File.WriteAllBytes(path, content);
        Exception? failure = null;
        var reader = new Thread(() => failure = Record.Exception(() => AssertSound(path))) { IsBackground = true };
        reader.Start();
        Assert.True(reader.Join(Patience), "Reading does not end.");
        if (failure is not (null or StoreException))
            throw failure;
    }

    private static void AssertSound(string path)
    {
        using LiteDbStore store = LiteDbStore.Open(path);
        for (int number = 0; number < Entries; number++)
            Assert.Equal(Value(number), store.Get(Key(number)));

        Assert.Equal(Entries, store.Range([]).Count());
    }

    private static byte[] Key(int number) => BitConverter.GetBytes(number * 7_919);

    private static byte[] Value(int number) => [.. Enumerable.Repeat((byte)(number % 256), 50 + number)];
}
