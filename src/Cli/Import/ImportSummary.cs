using System.Text.Json;
using DerChain.Chain.ChainFiles;
using DerChain.Chain.Engine;
using DerChain.Cli.Report;

namespace DerChain.Cli.Import;

/// <summary>What an import did, where the chain stands after it, and what stopped it.</summary>
internal sealed record ImportSummary(ChainImportResult Result, HeadCandidate Head, TimeSpan Elapsed)
{
    public void WriteText(Terminal terminal)
    {
        terminal.Output.WriteLine($"blocks imported       {Result.Blocks}");
        terminal.Output.WriteLine($"transactions imported {Result.Transactions}");
        terminal.Output.WriteLine($"blocks stored before  {Result.KnownBlocks}");
        terminal.Output.WriteLine($"head                  {Head.Header.Number} {Head.Hash}");
        terminal.Output.WriteLine($"state root            {Head.Header.StateRoot}");
        terminal.Output.WriteLine($"seconds               {Numbers.Fixed(Elapsed.TotalSeconds, 3)}");
        if (Result.Bad is { } bad)
            terminal.Say($"derchain: the import stopped at {NameOf(bad)}, rule '{bad.Verdict.Error}': {bad.Verdict.Message} What came before it is stored.");
    }

    public void WriteJson(Terminal terminal) => terminal.WriteJson(json =>
    {
        json.WriteNumber("blocks", Result.Blocks);
        json.WriteNumber("transactions", Result.Transactions);
        json.WriteHead(Head.Header.Number, Head.Hash, Head.Header.StateRoot);
        json.WriteSeconds("seconds", Elapsed.TotalSeconds);
        if (Result.Bad is { } bad)
            WriteStopped(json, bad);
    });

    private static void WriteStopped(Utf8JsonWriter json, BadBlock bad)
    {
        json.WriteStartObject("stopped");
        if (bad.Number is { } number)
            json.WriteNumber("number", number);
        else
            json.WriteNull("number");

        json.WriteString("hash", bad.Hash?.ToString());
        json.WriteString("rule", $"{bad.Verdict.Error}");
        json.WriteString("message", bad.Verdict.Message);
        json.WriteEndObject();
    }

    private static string NameOf(BadBlock bad) => bad is { Number: { } number, Hash: { } hash } ? $"block {number} {hash}" : $"block {bad.Index} of the file";
}
