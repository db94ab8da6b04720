using System.Xml.Linq;
using DerChain.Market.Verification;

namespace DerChain.Cli.Report.Page;

/// <summary>A verdict in words, marked with a sign where it is not a good one, so that it is not told by colour alone.</summary>
internal static class VerdictMark
{
    public static object Of(ReserveVerdict verdict) => verdict switch
    {
        ReserveVerdict.Short => Marked("▼", verdict),
        ReserveVerdict.NotVerifiable => Marked("?", verdict),
        _ => Wording.Of(verdict),
    };

    private static XElement Marked(string sign, ReserveVerdict verdict) =>
        new("span", new XAttribute("class", "mark"), $"{sign} {Wording.Of(verdict)}");
}
