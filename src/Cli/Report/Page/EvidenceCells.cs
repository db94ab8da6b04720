using System.Xml.Linq;
using DerChain.Market.Ledger;

namespace DerChain.Cli.Report.Page;

/// <summary>The columns with the block and the transaction that prove a line of the report.</summary>
internal static class EvidenceCells
{
    /// <summary>The columns' headings.</summary>
    public static IEnumerable<XElement> Headings() => [Html.NumberHeading("Block"), Html.Heading("Evidence: block hash, transaction hash")];

    /// <summary>Block number, block hash and transaction hash, or why there are none.</summary>
    /// <param name="location">Where the record stands.</param>
    /// <param name="ifNone">What it means that it stands nowhere.</param>
    public static IEnumerable<XElement> Of(RecordLocation? location, string ifNone) => location is null
        ? [Html.Number("–"), Html.Cell(ifNone)]
        :
        [
            Html.Number(Numbers.Count((long)location.BlockNumber)),
            new XElement(
                "td",
                new XAttribute("class", "evidence"),
                Html.Code(location.BlockHash.ToString()),
                new XElement("br"),
                Html.Code(location.TransactionHash.ToString())),
        ];
}
