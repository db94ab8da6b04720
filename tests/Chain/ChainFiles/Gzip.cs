using System.IO.Compression;

namespace DerChain.Chain.Tests.ChainFiles;

/// <summary>Bytes as one gzip member.</summary>
internal static class Gzip
{
    public static byte[] Compress(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal))
            gzip.Write(bytes);

        return stream.ToArray();
    }
}
