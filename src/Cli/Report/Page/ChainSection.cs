using System.Xml.Linq;
using DerChain.Cli.Run;

namespace DerChain.Cli.Report.Page;

/// <summary>The chain that the report was read from. The only part of the page with times that differ from run to run.</summary>
internal static class ChainSection
{
    private const decimal BytesPerMegabyte = 1_000_000;

    public static XElement Of(DayReport report)
    {
        ChainSummary chain = report.Outcome.Chain;
        IEnumerable<(string Name, object Value)> facts = [.. Identity(chain), .. Content(report, chain), .. Cost(chain)];
        return Html.Section("chain", "Chain", Html.Facts(facts), Validators(chain));
    }

    private static IEnumerable<(string Name, object Value)> Identity(ChainSummary chain) =>
    [
        ("Chain id", chain.ChainId.ToString(Numbers.Culture)),
        ("Seed of the keys", chain.Seed.ToString(Numbers.Culture)),
        ("Genesis", Html.Code(chain.GenesisHash.ToString())),
        ("Head", Html.Code(chain.HeadHash.ToString())),
        ("State root at the head", Html.Code(chain.StateRoot.ToString())),
    ];

    private static IEnumerable<(string Name, object Value)> Content(DayReport report, ChainSummary chain) =>
    [
        ("Blocks", Numbers.Count((long)chain.HeadNumber)),
        ("Sealed in turn", $"{Numbers.Count(chain.InTurnBlocks)} blocks, {Numbers.Percent(chain.InTurnBlocks, chain.HeadNumber)}"),
        ("Transactions", Numbers.Count(chain.Transactions)),
        ("Rows of records", $"{Numbers.Count(chain.Records)}, {Numbers.Count(report.Result.Counts.TelemetryRows)} of telemetry and "
            + $"{Numbers.Count(report.Result.Counts.ControlRows)} of control"),
        ("Payload", Megabytes(chain.PayloadBytes)),
        ("Gas used", Numbers.Count((long)chain.GasUsed)),
    ];

    private static IEnumerable<(string Name, object Value)> Cost(ChainSummary chain) =>
    [
        ("Store of one validator", chain.StoreBytes is { } bytes ? Megabytes(bytes) : "in memory"),
        ("Recording", chain.RecordingSeconds is { } seconds ? $"{Numbers.Fixed(seconds, 1)} s" : "the day was on the chain before"),
        ("Reading back and verifying", $"{Numbers.Fixed(chain.VerificationSeconds, 1)} s"),
    ];

    private static IEnumerable<XElement> Validators(ChainSummary chain) => Html.Table(
        "Validators, and the blocks that each sealed",
        [Html.Heading("Validator"), Html.Heading("Account"), Html.NumberHeading("Blocks")],
        chain.Validators.Select(static (validator, index) => Html.Row(
            Html.RowHeading((index + 1).ToString(Numbers.Culture)),
            Html.Cell(Html.Code(validator.Account.ToString())),
            Html.Number(Numbers.Count(validator.Blocks)))));

    private static string Megabytes(long bytes) => $"{Numbers.Rounded(bytes / BytesPerMegabyte, 1).ToString("#,0.0", Numbers.Culture)} MB";
}
