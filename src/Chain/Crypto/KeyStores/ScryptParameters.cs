namespace DerChain.Chain.Crypto.KeyStores;

/// <summary>What deriving a key by scrypt costs (RFC 7914, section 2): 128 · n · r bytes of memory, time in proportion to n · r · p.</summary>
/// <threadsafety>Immutable.</threadsafety>
public sealed record ScryptParameters
{
    /// <summary>The largest n · r: 512 MiB of memory, twice <see cref="Standard"/>'s.</summary>
    public const int MaxMemoryFactor = 1 << 22;

    /// <summary>The largest n · r · p: eight times the work of <see cref="Standard"/>.</summary>
    public const int MaxWorkFactor = 1 << 24;

    /// <summary>The largest r · p: 2 MiB of blocks.</summary>
    public const int MaxBlockFactor = 1 << 14;

    /// <summary>Sets the cost.</summary>
    /// <param name="n">Rows of the table: a power of 2, from 2.</param>
    /// <param name="r">Size of a row in units of 128 bytes, from 1.</param>
    /// <param name="p">Tables filled one after the other, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">n is no power of 2 from 2, or a number is below 1, or a product is above its limit.</exception>
    public ScryptParameters(int n, int r, int p)
    {
        if (!AreInRange(n, r, p))
            throw new ArgumentOutOfRangeException(nameof(n), $"n = {n}, r = {r}, p = {p}: {Rule}.");

        (N, R, P) = (n, r, p);
    }

    /// <summary>What Geth takes by default, n = 262,144, r = 8, p = 1: 256 MiB, about a second.</summary>
    public static ScryptParameters Standard { get; } = new(262_144, 8, 1);

    /// <summary>What Geth takes with <c>--lightkdf</c>, n = 4,096, r = 8, p = 6: 4 MiB, about a tenth of a second, and that much easier to
    /// guess the password of.</summary>
    public static ScryptParameters Light { get; } = new(4_096, 8, 6);

    /// <summary>Rows of the table, a power of 2.</summary>
    public int N { get; }

    /// <summary>Size of a row in units of 128 bytes.</summary>
    public int R { get; }

    /// <summary>Tables filled one after the other.</summary>
    public int P { get; }

    internal static string Rule { get; } =
        $"n must be a power of 2, r and p from 1, with n·r up to {MaxMemoryFactor}, r·p up to {MaxBlockFactor} and n·r·p up to {MaxWorkFactor}";

    // RFC 7914 also asks for n < 2^(128·r/8). Geth does not, and wrote files with n = 262,144 and r = 1.
    internal static bool AreInRange(long n, long r, long p) =>
        n is > 1 and <= MaxMemoryFactor && long.IsPow2(n) && r is >= 1 and <= MaxBlockFactor && p is >= 1 and <= MaxBlockFactor
        && n * r <= MaxMemoryFactor && r * p <= MaxBlockFactor && n * r * p <= MaxWorkFactor;
}
