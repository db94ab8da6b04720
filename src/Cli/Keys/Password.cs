using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace DerChain.Cli.Keys;

/// <summary>A password as the bytes of its UTF-8, zeroed when disposed of.</summary>
internal sealed class Password : IDisposable
{
    private const int MaxFileBytes = 64 * 1024;
    private const int MaxTypedCharacters = 1024;

    private readonly byte[] _utf8;

    private Password(ReadOnlySpan<byte> utf8)
    {
        _utf8 = GC.AllocateUninitializedArray<byte>(utf8.Length, pinned: true);
        utf8.CopyTo(_utf8);
    }

    public ReadOnlySpan<byte> Utf8 => _utf8;

    /// <summary>The password of a key that is there: from the file, or typed.</summary>
    /// <exception cref="UserErrorException">There is no file and no terminal.</exception>
    public static Password Ask(Terminal terminal, string? file, string prompt) => file is null ? Type(terminal, prompt) : FromFile(file);

    /// <summary>The password for a new key: from the file, or typed twice. It is not empty.</summary>
    /// <exception cref="UserErrorException">The password is empty, was typed differently, or there is no file and no terminal.</exception>
    public static Password Choose(Terminal terminal, string? file)
    {
        Password password = Ask(terminal, file, "Password for the key: ");
        try
        {
            if (password._utf8.Length == 0)
                throw new UserErrorException("The password is empty; a key is not stored without one.");

            if (file is null)
                password.RequireTypedAgain(terminal);

            return password;
        }
        catch
        {
            password.Dispose();
            throw;
        }
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_utf8);

    private void RequireTypedAgain(Terminal terminal)
    {
        using Password again = Type(terminal, "Again: ");
        if (!_utf8.AsSpan().SequenceEqual(again._utf8))
            throw new UserErrorException("The two passwords differ; nothing was stored.");
    }

    // The first line as it is, without the end of the line: as Geth reads it.
    private static Password FromFile(string file)
    {
        byte[] content = SecretFile.Read(file, MaxFileBytes);
        int end = content.AsSpan().IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = content.AsSpan(0, end < 0 ? content.Length : end);
        var password = new Password(line.TrimEnd((byte)'\r'));
        CryptographicOperations.ZeroMemory(content);
        return password;
    }

    private static Password Type(Terminal terminal, string prompt)
    {
        if (terminal.ReadKey is not { } readKey)
            throw new UserErrorException("There is no terminal to ask for the password: give --password-file.");

        terminal.Ask(prompt);
        Span<char> typed = stackalloc char[MaxTypedCharacters];
        Span<byte> utf8 = stackalloc byte[Encoding.UTF8.GetMaxByteCount(MaxTypedCharacters)];
        try
        {
            int length = ReadLine(readKey, typed);
            return new Password(utf8[..Encoding.UTF8.GetBytes(typed[..length], utf8)]);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(MemoryMarshal.AsBytes(typed));
            CryptographicOperations.ZeroMemory(utf8);
            terminal.Say("");
        }
    }

    private static int ReadLine(Func<ConsoleKeyInfo> readKey, Span<char> typed)
    {
        int length = 0;
        for (ConsoleKeyInfo key = readKey(); key.Key != ConsoleKey.Enter; key = readKey())
        {
            if (key.Key == ConsoleKey.Backspace)
                length = WithoutLast(typed[..length]);
            else if (length == typed.Length)
                throw new UserErrorException($"A password that is typed has at most {MaxTypedCharacters} characters.");
            else if (!char.IsControl(key.KeyChar))
                typed[length++] = key.KeyChar;
        }

        return length;
    }

    private static int WithoutLast(ReadOnlySpan<char> typed) => typed switch
    {
        [] => 0,
        [.., var high, var low] when char.IsSurrogatePair(high, low) => typed.Length - 2,
        _ => typed.Length - 1,
    };
}
