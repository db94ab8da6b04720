using System.Security.Cryptography;

namespace DerChain.Cli.Keys;

/// <summary>Reads a small file, or a pipe, that holds a secret and leaves no copy behind: the caller zeroes the bytes.</summary>
internal static class SecretFile
{
    /// <exception cref="UserErrorException">The file is longer.</exception>
    public static byte[] Read(string path, int maxBytes)
    {
        using var stream = new FileStream(path, new FileStreamOptions { BufferSize = 0 });
        byte[] buffer = GC.AllocateUninitializedArray<byte>(maxBytes + 1, pinned: true);
        int length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        byte[] content = GC.AllocateUninitializedArray<byte>(length, pinned: true);
        buffer.AsSpan(0, length).CopyTo(content);
        CryptographicOperations.ZeroMemory(buffer);
        return length <= maxBytes ? content : throw new UserErrorException($"'{path}' is longer than the {maxBytes} bytes that are read here.");
    }
}
