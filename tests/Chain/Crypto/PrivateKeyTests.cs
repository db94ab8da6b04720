using System.Buffers;
using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.Json;
using DerChain.Chain.Crypto;
using DerChain.Chain.Primitives;
using MessagePack;
using MessagePack.Resolvers;

namespace DerChain.Chain.Tests.Crypto;

public sealed class PrivateKeyTests
{
    private static readonly byte[] Secret = Hex.Parse("0x8db185e31c0cd39fdfb04737671e2cfb6e7b81506214eff6399fe1953ee6c141");

    [Fact]
    public void The_bytes_are_zero_after_disposal()
    {
        PrivateKey key = PrivateKey.FromBytes(Secret);
        byte[] held = SecretField(key);
        Assert.Equal(Secret, held);
        key.Dispose();
        Assert.Equal(new byte[PrivateKey.Length], held);
    }

    [Fact]
    public void A_disposed_key_refuses_everything_but_its_text()
    {
        PrivateKey key = PrivateKey.FromBytes(Secret);
        Address address = key.Address;
        key.Dispose();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign(Hash256.Zero));
        Assert.Throws<ObjectDisposedException>(() => key.ExportSecretTo(new byte[PrivateKey.Length]));
        Assert.Throws<ObjectDisposedException>(() => key.PublicKey);
        Assert.Throws<ObjectDisposedException>(() => key.Address);
        Assert.Equal($"private key of {address}", key.ToString());
    }

    [Fact]
    public void The_secret_is_exported_into_room_of_exactly_its_length()
    {
        using PrivateKey key = PrivateKey.FromBytes(Secret);
        var exported = new byte[PrivateKey.Length];
        key.ExportSecretTo(exported);
        Assert.Equal(Secret, exported);
        Assert.Throws<ArgumentException>(() => key.ExportSecretTo(new byte[PrivateKey.Length - 1]));
        Assert.Throws<ArgumentException>(() => key.ExportSecretTo(new byte[PrivateKey.Length + 1]));
    }

    [Fact]
    public void A_key_keeps_a_copy_of_its_own()
    {
        byte[] bytes = [.. Secret];
        using PrivateKey key = PrivateKey.FromBytes(bytes);
        bytes.AsSpan().Clear();
        Assert.Equal(Secret, SecretField(key));
    }

    [Fact]
    public void Printing_a_key_or_what_holds_it_does_not_show_it()
    {
        using PrivateKey key = PrivateKey.FromBytes(Secret);
        AssertHidden(Encoding.UTF8.GetBytes(key.ToString()));
        AssertHidden(Encoding.UTF8.GetBytes($"{new RecordHolder("alice", key)} {new StructHolder("alice", key)} {(key, 1)}"));
        Assert.Equal("{ToString(),nq}", typeof(PrivateKey).GetCustomAttribute<DebuggerDisplayAttribute>()!.Value);
        Assert.Equal(
            DebuggerBrowsableState.Never,
            Assert.Single(typeof(PrivateKey).GetFields(BindingFlags.Instance | BindingFlags.NonPublic), field => field.FieldType == typeof(byte[]))
                .GetCustomAttribute<DebuggerBrowsableAttribute>()!.State);
    }

    [Fact]
    public void System_Text_Json_does_not_write_it()
    {
        using PrivateKey key = PrivateKey.FromBytes(Secret);
        var withFields = new JsonSerializerOptions { IncludeFields = true };
        AssertHidden(JsonSerializer.SerializeToUtf8Bytes(key));
        AssertHidden(JsonSerializer.SerializeToUtf8Bytes(key, withFields));
        AssertHidden(JsonSerializer.SerializeToUtf8Bytes(new RecordHolder("alice", key), withFields));
        AssertHidden(JsonSerializer.SerializeToUtf8Bytes(new StructHolder("alice", key), withFields));
    }

    [Fact]
    public void MessagePack_refuses_it_even_where_it_writes_private_fields()
    {
        using PrivateKey key = PrivateKey.FromBytes(Secret);
        IFormatterResolver[] resolvers = [ContractlessStandardResolver.Instance, ContractlessStandardResolverAllowPrivate.Instance];
        foreach (IFormatterResolver resolver in resolvers)
        {
            var output = new ArrayBufferWriter<byte>();
            MessagePackSerializerOptions options = MessagePackSerializerOptions.Standard.WithResolver(resolver);
            Assert.Throws<MessagePackSerializationException>(() => Serialize(output, key, options));
            Assert.Throws<MessagePackSerializationException>(() => Serialize(output, new RecordHolder("alice", key), options));
            AssertHidden(output.WrittenSpan.ToArray());
        }
    }

    // That the checks above would see a secret that leaks.
    [Fact]
    public void A_secret_in_any_of_the_usual_forms_would_be_found()
    {
        foreach (string leak in (string[])[Convert.ToHexString(Secret), Convert.ToBase64String(Secret), string.Join(',', Secret)])
            Assert.ThrowsAny<Exception>(() => AssertHidden(Encoding.UTF8.GetBytes($"key: {leak}")));

        Assert.ThrowsAny<Exception>(() => AssertHidden([1, 2, 3, .. Secret]));
    }

    private static void AssertHidden(byte[] output)
    {
        Assert.True(output.AsSpan().IndexOf(Secret.AsSpan(0, 8)) < 0, "The bytes stand in the output.");
        string text = Encoding.Latin1.GetString(output);
        Assert.DoesNotContain(Convert.ToHexString(Secret, 0, 8), text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Convert.ToBase64String(Secret)[..10], text, StringComparison.Ordinal);
        Assert.DoesNotContain(string.Join(',', Secret.Take(8)), text.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private static void Serialize<T>(IBufferWriter<byte> output, T value, MessagePackSerializerOptions options) =>
        MessagePackSerializer.Serialize(output, value, options, TestContext.Current.CancellationToken);

    private static byte[] SecretField(PrivateKey key) =>
        (byte[])typeof(PrivateKey).GetField("_scalar", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(key)!;

    public sealed record RecordHolder(string Name, PrivateKey Key);

    public readonly record struct StructHolder(string Name, PrivateKey Key);
}
