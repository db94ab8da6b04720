using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace DerChain.Cli.Report.Page;

/// <summary>Elements of the page. Text becomes text whatever it holds: the writer of the document escapes it.</summary>
internal static class Html
{
    // White space between elements would show inside sentences, so the writer adds none.
    private static readonly XmlWriterSettings WriterSettings =
        new() { OmitXmlDeclaration = true, Indent = false, NewLineHandling = NewLineHandling.None };

    /// <summary>Text from records or files: characters that no document may hold become U+FFFD.</summary>
    public static string Text(string text) =>
        string.Concat(text.EnumerateRunes().Select(static rune => IsAllowed(rune.Value) ? rune.ToString() : "\uFFFD"));

    /// <summary>A whole document that needs no other file: HTML that is well-formed XML as well.</summary>
    public static string Document(string title, XElement body)
    {
        var head = new XElement(
            "head",
            new XElement("meta", new XAttribute("charset", "utf-8")),
            new XElement("meta", new XAttribute("name", "viewport"), new XAttribute("content", "width=device-width, initial-scale=1")),
            new XElement("title", title),
            new XElement("style", PageStyle.Css));
        var text = new StringBuilder("<!DOCTYPE html>\n");
        using (var writer = XmlWriter.Create(text, WriterSettings))
            new XElement("html", new XAttribute("lang", "en"), head, body).WriteTo(writer);

        return text.Append('\n').ToString();
    }

    /// <summary>A paragraph.</summary>
    public static XElement Paragraph(params object?[] content) => new("p", content);

    /// <summary>A part of the page with its heading.</summary>
    public static XElement Section(string id, string heading, params object?[] content) =>
        new("section", new XAttribute("id", id), new XElement("h2", heading), content);

    /// <summary>A table that scrolls sideways where it is wider than the screen, and above it what it shows.</summary>
    public static IEnumerable<XElement> Table(string caption, IEnumerable<XElement> headings, IEnumerable<XElement> rows) =>
    [
        new XElement("p", new XAttribute("class", "note"), caption),
        new XElement(
            "div",
            new XAttribute("class", "scroll"),
            new XAttribute("role", "region"),
            new XAttribute("aria-label", caption),
            new XAttribute("tabindex", "0"),
            new XElement("table", new XElement("thead", new XElement("tr", headings)), new XElement("tbody", rows))),
    ];

    /// <summary>A row.</summary>
    public static XElement Row(params object?[] cells) => new("tr", cells);

    /// <summary>A column's heading over text.</summary>
    public static XElement Heading(string text) => new("th", new XAttribute("scope", "col"), text);

    /// <summary>A column's heading over numbers.</summary>
    public static XElement NumberHeading(string text) => new("th", new XAttribute("scope", "col"), new XAttribute("class", "number"), text);

    /// <summary>A row's heading.</summary>
    public static XElement RowHeading(string text) => new("th", new XAttribute("scope", "row"), text);

    /// <summary>A cell of text.</summary>
    public static XElement Cell(params object?[] content) => new("td", content);

    /// <summary>A cell of a span of time.</summary>
    public static XElement Time(string text) => new("td", new XAttribute("class", "time"), text);

    /// <summary>A cell of a number.</summary>
    public static XElement Number(string text) => new("td", new XAttribute("class", "number"), text);

    /// <summary>A cell of a share of a whole, drawn as a bar.</summary>
    public static XElement Share(double part, double whole)
    {
        decimal percent = Numbers.Rounded(whole > 0 ? 100 * part / whole : 0, 1);
        return new XElement(
            "td",
            new XAttribute("class", "share"),
            new XAttribute("aria-hidden", "true"),
            new XElement("span", new XAttribute("style", $"width:{percent.ToString(Numbers.Culture)}%"), ""));
    }

    /// <summary>Hexadecimal text, which may break anywhere.</summary>
    public static XElement Code(string text) => new("code", text);

    /// <summary>A list of names and values.</summary>
    public static XElement Facts(IEnumerable<(string Name, object Value)> facts) => new(
        "dl", facts.Select(static fact => new XElement("div", new XElement("dt", fact.Name), new XElement("dd", fact.Value))));

    private static bool IsAllowed(int codePoint) => codePoint > char.MaxValue || XmlConvert.IsXmlChar((char)codePoint);
}
