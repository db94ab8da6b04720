using System.Xml.Linq;
using DerChain.Market.Ledger;

namespace DerChain.Cli.Report.Page;

/// <summary>The block and the transaction that prove a line of the report.</summary>
internal static class EvidenceCell
{
    /// <summary>Block number, block hash and transaction hash, or that there is nothing on the chain.</summary>
    public static XElement Of(RecordLocation? location) => new(
        "td",
        new XAttribute("class", "evidence"),
        location is null
            ? "no reading on the chain in time"
            : (object[])
            [
                new XElement("div", $"block {Numbers.Count((long)location.BlockNumber)} ", Html.Code(location.BlockHash.ToString())),
                new XElement("div", "transaction ", Html.Code(location.TransactionHash.ToString())),
            ]);
}
