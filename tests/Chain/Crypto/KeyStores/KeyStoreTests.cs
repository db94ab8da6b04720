using System.Collections.Immutable;
using DerChain.Chain.Crypto;
using DerChain.Chain.Crypto.KeyStores;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Tests.Crypto.KeyStores;

public sealed class KeyStoreTests : IDisposable
{
    private static readonly DateTimeOffset CreatedAt = new(2026, 11, 22, 12, 0, 0, 123, TimeSpan.FromHours(2));
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void A_file_is_named_as_Geth_names_it() => Assert.Equal(
        "UTC--2026-11-22T10-00-00.123000000Z--5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
        KeyStore.FileNameOf(Address.Parse("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"), CreatedAt));

    [Fact]
    public void A_key_that_is_added_is_found_and_opens()
    {
        var store = new KeyStore(_folder.File("keys"));
        string path = Add(store, "alice");
        KeyFile file = Assert.Single(store.Find(TestChain.Key("alice").Address));
        Assert.Equal((path, true), (file.Path, file.Verdict.IsValid));
        Assert.True(file.Key!.TryDecrypt(KeyFileSample.Password, out PrivateKey? key).IsValid);
        Assert.Equal(TestChain.Key("alice").PublicKey, key!.PublicKey);
        Assert.Equal([path], Directory.EnumerateFileSystemEntries(store.Folder));
    }

    [Fact]
    public void Folder_and_files_are_their_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such permissions.");
            return;
        }

        var store = new KeyStore(_folder.File("keys"));
        string path = Add(store, "alice");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(store.Folder));
    }

    [Fact]
    public void An_address_is_added_once()
    {
        var store = new KeyStore(_folder.Path);
        string first = Add(store, "alice");
        EncryptedKey again = KeyFileSample.Encrypt(TestChain.Key("alice"));
        Assert.False(store.TryAdd(again, CreatedAt.AddDays(1), out string present));
        Assert.Equal(first, present);
        Assert.Single(store.List());
    }

    [Fact]
    public void A_key_without_an_address_is_not_added()
    {
        EncryptedKey sample = KeyFileSample.Encrypted;
        var nameless = new EncryptedKey(sample.Id, null, sample.Derivation, sample.Iv, sample.Ciphertext, sample.Mac);
        Assert.Throws<ArgumentException>(() => new KeyStore(_folder.Path).TryAdd(nameless, CreatedAt, out _));
    }

    [Fact]
    public void A_file_of_that_name_is_left_as_it_is()
    {
        Address address = TestChain.Key("alice").Address;
        string path = _folder.File(KeyStore.FileNameOf(address, CreatedAt));
        File.WriteAllText(path, "mine");
        Assert.Throws<IOException>(() => Add(new KeyStore(_folder.Path), "alice"));
        Assert.Equal("mine", File.ReadAllText(path));
        Assert.Equal([path], Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void The_list_is_ordered_by_address_says_what_is_wrong_with_a_file_and_passes_over_the_rest()
    {
        var store = new KeyStore(_folder.Path);
        Address[] addresses = [.. ((string[])["alice", "bob", "carol"]).Select(name => KeyAdded(store, name)).Order()];
        File.WriteAllText(_folder.File("notes.txt"), "not a key");
        File.WriteAllText(_folder.File(".hidden"), "not a key");
        File.WriteAllText(_folder.File("UTC--backup~"), "not a key");
        Directory.CreateDirectory(_folder.File("folder"));

        ImmutableArray<KeyFile> files = store.List();

        Assert.Equal(addresses, files.Take(3).Select(file => file.Key!.Address!.Value));
        Assert.Equal(KeyStoreError.Malformed, files[3].Verdict.Error);
        Assert.Equal(_folder.File("notes.txt"), files[3].Path);
        Assert.Equal(4, files.Length);
    }

    [Fact]
    public void A_folder_that_is_not_there_has_no_keys() => Assert.Empty(new KeyStore(_folder.File("nowhere")).List());

    [Fact]
    public void A_file_in_place_of_the_folder_is_an_error()
    {
        File.WriteAllText(_folder.File("file"), "");
        Assert.ThrowsAny<IOException>(() => new KeyStore(_folder.File("file")).List());
    }

    public void Dispose() => _folder.Dispose();

    private static Address KeyAdded(KeyStore store, string name)
    {
        Add(store, name);
        return TestChain.Key(name).Address;
    }

    private static string Add(KeyStore store, string name)
    {
        Assert.True(store.TryAdd(KeyFileSample.Encrypt(TestChain.Key(name)), CreatedAt, out string path));
        return path;
    }
}
