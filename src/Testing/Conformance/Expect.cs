using DerChain.Chain.Storage;

namespace DerChain.Testing.Conformance;

/// <summary>Comparisons that say what was expected and found.</summary>
internal static class Expect
{
    private const int LongestShown = 40;

    public static void Value(IKeyValueStore store, byte[] key, byte[]? expected)
    {
        byte[]? found = store.Get(key);
        bool isSame = expected is null ? found is null : found is not null && found.AsSpan().SequenceEqual(expected);
        if (!isSame)
            throw new StoreConformanceException($"key {Show(key)}: expected {Show(expected)}, found {Show(found)}.");
    }

    public static void Range(IKeyValueStore store, byte[] prefix, IEnumerable<KeyValuePair<byte[], byte[]>> expected) =>
        Entries(store.Range(prefix), expected, $"range of {Show(prefix)}");

    public static void Entries(IEnumerable<KeyValuePair<byte[], byte[]>> found, IEnumerable<KeyValuePair<byte[], byte[]>> expected, string where)
    {
        string[] wanted = [.. expected.Select(Show)];
        string[] given = [.. found.Select(Show)];
        int same = wanted.Zip(given).TakeWhile(static pair => pair.First == pair.Second).Count();
        if (same < wanted.Length || same < given.Length)
            throw new StoreConformanceException($"{where}, entry {same}: expected {At(wanted, same)}, found {At(given, same)}.");
    }

    public static void Throws<T>(string what, Action action)
        where T : Exception
    {
        string found = "nothing thrown";
        try
        {
            action();
        }
        catch (T)
        {
            return;
        }
        catch (Exception exception)
        {
            found = exception.ToString();
        }

        throw new StoreConformanceException($"{what}: expected {typeof(T).Name}, found {found}.");
    }

    public static string Show(ReadOnlySpan<byte> bytes) => bytes.Length <= LongestShown
        ? "0x" + Convert.ToHexStringLower(bytes)
        : $"0x{Convert.ToHexStringLower(bytes[..LongestShown])}… ({bytes.Length} bytes)";

    private static string Show(byte[]? bytes) => bytes is null ? "nothing" : Show(bytes.AsSpan());

    private static string Show(KeyValuePair<byte[], byte[]> entry) => $"{Show(entry.Key)} = {Show(entry.Value)}";

    private static string At(string[] shown, int index) => index < shown.Length ? shown[index] : "the end";
}
