using DerChain.Chain.Storage;

namespace DerChain.Chain.Tests.Storage;

public sealed class LiteDbStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder.File("store.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_committed_is_in_the_file_before_the_store_is_closed()
    {
        using LiteDbStore store = LiteDbStore.Open(FilePath);
        Put(store, 10);
        File.Copy(FilePath, _folder.File("copy.db"));
        using LiteDbStore copy = LiteDbStore.Open(_folder.File("copy.db"));
        Assert.Equal([10], copy.Get([1]));
    }

    [Fact]
    public void A_file_in_use_is_refused_with_a_clear_error()
    {
        using LiteDbStore store = LiteDbStore.Open(FilePath);
        StoreException exception = Assert.Throws<StoreException>(() => LiteDbStore.Open(FilePath));
        Assert.Contains(FilePath, exception.Message, StringComparison.Ordinal);
        Put(store, 11);
    }

    [Fact]
    public void A_folder_that_does_not_exist_or_is_named_as_the_file_is_refused()
    {
        Assert.Throws<StoreException>(() => LiteDbStore.Open(_folder.File("absent/store.db")));
        Assert.Throws<StoreException>(() => LiteDbStore.Open(_folder.Path));
        Assert.Throws<ArgumentException>(() => LiteDbStore.Open(""));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(100)]
    [InlineData(20_000)]
    public void A_file_of_another_kind_is_refused_untouched(int length)
    {
        byte[] content = [.. Enumerable.Range(0, length).Select(static index => (byte)(index % 256))];
        File.WriteAllBytes(FilePath, content);
        Assert.ThrowsAny<StoreException>(() => LiteDbStore.Open(FilePath));
        Assert.Equal(content, File.ReadAllBytes(FilePath));
    }

    private static void Put(LiteDbStore store, byte value)
    {
        var batch = new WriteBatch();
        batch.Put([1], [value]);
        store.Commit(batch);
    }
}
