using System.Collections.Immutable;
using System.Globalization;
using DerChain.Chain.Primitives;

namespace DerChain.Chain.Crypto.KeyStores;

/// <summary>A folder of key files, laid out and named as Geth's <c>keystore</c>; the two can share one.</summary>
/// <remarks>The folder and its files are made readable by their owner alone where the system has such permissions (Unix).</remarks>
/// <threadsafety>Thread-safe: it holds nothing but the path.</threadsafety>
/// <param name="folder">The folder. It is made when the first key is added.</param>
public sealed class KeyStore(string folder)
{
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The folder's full path.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>The name of a key file as Geth gives it: <c>UTC--2026-11-22T10-00-00.000000000Z--</c> and the address without <c>0x</c>.</summary>
    /// <param name="address">The key's account.</param>
    /// <param name="createdAt">When the key was made.</param>
    public static string FileNameOf(Address address, DateTimeOffset createdAt) => string.Create(
        CultureInfo.InvariantCulture,
        $"UTC--{createdAt.UtcDateTime:yyyy-MM-dd'T'HH-mm-ss'.'fffffff}00Z--{Convert.ToHexStringLower(address.ToBytes())}");

    /// <summary>The files of the folder, ordered by address, then path; those without one come last. Hidden files (<c>.name</c>), copies that editors
    /// leave (<c>name~</c>) and folders are passed over, as Geth does. Empty where there is no such folder.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public ImmutableArray<KeyFile> List()
    {
        if (!Path.Exists(Folder))
            return [];

        return
        [
            .. Directory.EnumerateFiles(Folder)
                .Where(static path => !Path.GetFileName(path).StartsWith('.') && !path.EndsWith('~'))
                .Select(KeyFile.Read)
                .OrderBy(static file => file.Key?.Address is null)
                .ThenBy(static file => file.Key?.Address ?? Address.Zero)
                .ThenBy(static file => file.Path, StringComparer.Ordinal),
        ];
    }

    /// <summary>The files that name this address, in the order of <see cref="List"/>.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public ImmutableArray<KeyFile> Find(Address address) => [.. List().Where(file => file.Key?.Address == address)];

    /// <summary>Adds a key as a new file, which is complete on disk before it has its name.</summary>
    /// <param name="key">The key; it names its address.</param>
    /// <param name="createdAt">The time in the file's name.</param>
    /// <param name="path">The path of the new file, or of the one that has the address already.</param>
    /// <returns>False where the address is in the folder already; nothing is written.</returns>
    /// <exception cref="ArgumentException">The key names no address.</exception>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read or written.</exception>
    public bool TryAdd(EncryptedKey key, DateTimeOffset createdAt, out string path)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Address is not { } address)
            throw new ArgumentException("A key that is added to a key store names its address.", nameof(key));

        if (Find(address) is [{ } present, ..])
        {
            path = present.Path;
            return false;
        }

        MakeFolder();
        path = Path.Combine(Folder, FileNameOf(address, createdAt));
        Write(path, key.ToJson());
        return true;
    }

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Folder);
        else
            Directory.CreateDirectory(Folder, OwnerReadsAndWrites | UnixFileMode.UserExecute);
    }

    private void Write(string path, byte[] content)
    {
        string temporary = Path.Combine(Folder, $".{Path.GetFileName(path)}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerReadsAndWrites;

        using FileStream stream = new(temporary, options);
        try
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
            stream.Close();
            File.Move(temporary, path);
        }
        catch
        {
            stream.Close();
            File.Delete(temporary);
            throw;
        }
    }
}
