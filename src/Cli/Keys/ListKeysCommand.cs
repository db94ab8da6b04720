using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using DerChain.Chain.Crypto.KeyStores;

namespace DerChain.Cli.Keys;

/// <summary><c>derchain keys list</c>: which addresses have a key here, without any password.</summary>
internal static class ListKeysCommand
{
    public static Command Create(Terminal terminal)
    {
        Option<string?> folder = KeyOptions.KeyStore();
        Option<bool> json = Options.Json();
        var command = new Command("list", "List the address and file of each key, by address; files that are no keys are named and passed over.")
        {
            folder,
            json,
        };
        command.SetAction(line =>
        {
            KeyStore store = KeyOptions.Open(line.GetValue(folder));
            ImmutableArray<KeyFile> files = store.List();
            if (line.GetValue(json))
                terminal.WriteJson(document => Write(document, store.Folder, files));
            else
                Write(terminal, store.Folder, files);
        });
        return command;
    }

    private static void Write(Terminal terminal, string folder, ImmutableArray<KeyFile> files)
    {
        if (files.IsEmpty)
            terminal.Say($"There are no keys in '{folder}'.");

        foreach (KeyFile file in files.Where(file => file.Key is not null))
            terminal.Output.WriteLine($"{AddressOf(file) ?? "address not in the file, which 'keys address' decrypts  "}  {file.Path}");

        foreach (KeyFile file in files.Where(file => file.Key is null))
            terminal.Say($"'{file.Path}' is passed over: {file.Verdict.Message}");
    }

    private static void Write(Utf8JsonWriter json, string folder, ImmutableArray<KeyFile> files)
    {
        json.WriteString("keystore", folder);
        json.WriteStartArray("keys");
        foreach (KeyFile file in files.Where(file => file.Key is not null))
        {
            json.WriteStartObject();
            json.WriteString("address", AddressOf(file));
            json.WriteString("file", file.Path);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("problems");
        foreach (KeyFile file in files.Where(file => file.Key is null))
        {
            json.WriteStartObject();
            json.WriteString("file", file.Path);
            json.WriteString("error", file.Verdict.Error?.ToString());
            json.WriteString("message", file.Verdict.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string? AddressOf(KeyFile file) => file.Key?.Address?.ToChecksumString();
}
