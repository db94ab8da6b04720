using System.Text.Json;
using DerChain.Chain.Crypto.KeyStores;

namespace DerChain.EndToEnd.Tests.Keys;

public sealed class KeysCommandTests : IDisposable
{
    private readonly KeyFolder _folder = new();

    [Fact]
    public void A_new_key_is_listed_and_opens_with_its_password()
    {
        CommandLine made = Done(_folder.RunWithPassword("new"));
        string path = Assert.Single(_folder.KeyFiles);
        string address = Line(made.Output, "address");
        Assert.Equal(path, Line(made.Output, "file"));
        Assert.Matches("^UTC--[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}-[0-9]{2}-[0-9]{2}\\.[0-9]{9}Z--[0-9a-f]{40}$", Path.GetFileName(path));
        Assert.Contains("\"n\":262144", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal($"{address}  {path}", Done(_folder.Run("list")).Output.Trim());
        Assert.Equal(address, Line(Done(_folder.RunWithPassword("address", path)).Output, "address"));
    }

    [Theory]
    [InlineData(KeyFolder.Digits)]
    [InlineData(KeyFolder.Digits + "\n")]
    [InlineData("0x" + KeyFolder.Digits + "\r\n")]
    public void A_key_in_digits_is_imported_once(string digits)
    {
        string file = _folder.Write("digits", digits);
        Assert.Equal(KeyFolder.Address, Line(Done(_folder.RunWithPassword("import", file, "--light")).Output, "address"));
        Assert.Contains("\"n\":4096", File.ReadAllText(Assert.Single(_folder.KeyFiles)), StringComparison.Ordinal);
        Refused(_folder.RunWithPassword("import", file, "--light"), $"The key of {KeyFolder.Address} is there already, in '{_folder.KeyFiles[0]}'");
        Assert.Single(_folder.KeyFiles);
    }

    [Fact]
    public void A_key_file_is_imported_with_its_password_and_encrypted_anew()
    {
        CommandLine imported = Done(_folder.RunWithPassword("import", _folder.WriteKeyFile(), "--light", "--json"));
        Assert.Equal(KeyFolder.Address, Json(imported).GetProperty("address").GetString());
        string path = Json(imported).GetProperty("file").GetString()!;
        Assert.Contains("\"n\":4096", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal(KeyFolder.Address, Line(Done(_folder.RunWithPassword("address", path)).Output, "address"));
    }

    [Theory]
    [InlineData(KeyFolder.Address)]
    [InlineData("0x1899a98824005ddff362a699845964d08963bc5a")]
    [InlineData("1899A98824005DDFF362A699845964D08963BC5A")]
    public void A_key_is_found_by_its_address(string address)
    {
        _folder.RunWithPassword("import", _folder.WriteKeyFile(), "--light");
        JsonElement found = Json(Done(_folder.RunWithPassword("address", address, "--json")));
        Assert.Equal(KeyFolder.Address, found.GetProperty("address").GetString());
        Assert.Equal(Assert.Single(_folder.KeyFiles), found.GetProperty("file").GetString());
    }

    [Fact]
    public void A_mistyped_address_and_one_without_a_key_are_refused()
    {
        Refused(_folder.RunWithPassword("address", KeyFolder.Address.Replace("dDF", "ddF", StringComparison.Ordinal)), "checksum (EIP-55)");
        Refused(_folder.RunWithPassword("address", KeyFolder.Address), $"There is no key of {KeyFolder.Address} in '{_folder.KeyStore}'.");
    }

    [Fact]
    public void Two_files_of_one_address_are_not_chosen_between()
    {
        _folder.RunWithPassword("import", _folder.WriteKeyFile(), "--light");
        File.Copy(Assert.Single(_folder.KeyFiles), Path.Combine(_folder.KeyStore, "copy"));
        Refused(_folder.RunWithPassword("address", KeyFolder.Address), "2 files have the address");
    }

    [Fact]
    public void The_list_names_files_that_are_no_keys_and_passes_over_them()
    {
        Assert.Contains("There are no keys", Done(_folder.Run("list")).Error, StringComparison.Ordinal);
        _folder.RunWithPassword("import", _folder.WriteKeyFile(), "--light");
        string key = Assert.Single(_folder.KeyFiles);
        string notes = Path.Combine(_folder.KeyStore, "notes.txt");
        File.WriteAllText(notes, "my notes");
        string nameless = Path.Combine(_folder.KeyStore, "nameless");
        File.WriteAllText(nameless, File.ReadAllText(key).Replace("\"address\"", "\"none\"", StringComparison.Ordinal));

        CommandLine text = Done(_folder.Run("list"));
        JsonElement json = Json(Done(_folder.Run("list", "--json")));

        Assert.StartsWith($"{KeyFolder.Address}  {key}\n", text.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains($"'{notes}' is passed over: ", text.Error, StringComparison.Ordinal);
        Assert.Equal([KeyFolder.Address, null], json.GetProperty("keys").EnumerateArray().Select(found => found.GetProperty("address").GetString()));
        Assert.Equal([key, nameless], json.GetProperty("keys").EnumerateArray().Select(found => found.GetProperty("file").GetString()));
        Assert.Equal("Malformed", Assert.Single(json.GetProperty("problems").EnumerateArray()).GetProperty("error").GetString());
    }

    [Fact]
    public void A_password_is_typed_twice_for_a_new_key_and_once_for_one_that_is_there()
    {
        string file = _folder.Write("digits", KeyFolder.Digits);
        CommandLine imported = Done(_folder.RunTyping("correct cart\b\b\b\bhorse\ncorrect horse\n", "import", file, "--light"));
        Assert.DoesNotContain("horse", imported.Output + imported.Error, StringComparison.Ordinal);
        Done(_folder.RunTyping("correct horse\n", "address", KeyFolder.Address));
        Done(_folder.RunWithPassword("address", KeyFolder.Address));
        Refused(_folder.RunTyping("one\ntwo\n", "new", "--light"), "The two passwords differ");
        Refused(_folder.RunTyping(new string('x', 2_000), "new", "--light"), "at most 1024 characters");
    }

    [Fact]
    public void Without_a_terminal_and_a_password_file_no_password_is_made_up() =>
        Refused(_folder.Run("new", "--light"), "There is no terminal to ask for the password: give --password-file.");

    [Fact]
    public void A_new_key_needs_a_password_and_an_old_one_may_have_none()
    {
        string empty = _folder.Write("empty", "\nsecond line");
        Refused(_folder.Run("new", "--light", "--password-file", empty), "The password is empty");
        Done(_folder.Run("import", _folder.WriteKeyFile(""), "--light", "--password-file", empty));
    }

    [Theory]
    [InlineData("", "holds neither a private key of 64 hexadecimal digits nor a key file.")]
    [InlineData("8db185", "holds neither")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", "is no private key of secp256k1.")]
    [InlineData("{}", "has version none")]
    [InlineData("{\"version\":1}", "has version 1; 3 is read.")]
    [InlineData("{\"version\":3,\"crypto\":{\"cipher\":\"aes-256-gcm\"}}", "The cipher of the key file is 'aes-256-gcm'")]
    [InlineData("{\"version\":3,\"crypto\":{\"cipher\":\"aes-128-ctr\",\"kdf\":\"argon2\"}}", "The key derivation of the key file is 'argon2'")]
    [InlineData("{\"version\":3", "is not the JSON of a key file")]
    public void What_is_no_key_is_not_imported(string content, string expected) =>
        Refused(_folder.RunWithPassword("import", _folder.Write("file", content), "--light"), expected);

    [Fact]
    public void A_wrong_password_opens_nothing()
    {
        string wrong = _folder.Write("wrong", "incorrect horse");
        Refused(_folder.Run("import", _folder.WriteKeyFile(), "--password-file", wrong), "The password is wrong, or the key file was altered.");
        Refused(_folder.Run("address", _folder.WriteKeyFile(), "--password-file", wrong), "The password is wrong");
    }

    [Fact]
    public void Files_and_folders_that_are_not_there_are_named()
    {
        Refused(_folder.RunWithPassword("import", "/no/such/file"), "/no/such/file");
        Refused(_folder.RunWithPassword("address", "/no/such/file"), "/no/such/file");
        Refused(_folder.Run("new", "--password-file", "/no/such/password"), "/no/such/password");
        Refused(CommandLine.Run("keys", "list", "--keystore", _folder.PasswordFile), _folder.PasswordFile);
        Refused(_folder.RunWithPassword("import", _folder.Write("large", new string('0', EncryptedKey.MaxJsonBytes + 1))), "is longer than");
        Refused(CommandLine.Run("keys"), "command");
    }

    public void Dispose() => _folder.Dispose();

    // No command ever prints the key.
    private static CommandLine Done(CommandLine result)
    {
        Assert.Equal("", result.ExitCode == 0 ? "" : result.Error);
        AssertSecretIsKept(result);
        return result;
    }

    private static void Refused(CommandLine result, string expected)
    {
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        AssertSecretIsKept(result);
    }

    private static void AssertSecretIsKept(CommandLine result) =>
        Assert.DoesNotContain(KeyFolder.Digits[..16], result.Output + result.Error, StringComparison.OrdinalIgnoreCase);

    private static JsonElement Json(CommandLine result)
    {
        using JsonDocument document = JsonDocument.Parse(result.Output);
        return document.RootElement.Clone();
    }

    private static string Line(string output, string name) =>
        output.Split('\n').Single(line => line.StartsWith(name + " ", StringComparison.Ordinal))[name.Length..].Trim();
}
