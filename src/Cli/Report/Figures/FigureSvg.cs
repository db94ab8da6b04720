using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using ScottPlot;

namespace DerChain.Cli.Report.Figures;

/// <summary>A drawn figure: SVG that scales, carries its description, and can stand beside others in one page.</summary>
internal sealed class FigureSvg
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private FigureSvg(XElement root) => Root = root;

    /// <summary>The <c>svg</c> element.</summary>
    public XElement Root { get; }

    /// <summary>Draws a plot.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="name">Name of the figure; the ids inside begin with it.</param>
    /// <param name="description">What the figure shows, for those who cannot see it.</param>
    public static FigureSvg Of(Plot plot, string name, string description)
    {
        XElement root = XElement.Parse(plot.GetSvgXml(FigureStyle.WidthPixels, FigureStyle.HeightPixels));
        RenameIds(root, name);
        foreach (XElement text in root.Descendants(Svg + "text"))
            LetReadersFontFlow(text);

        string descriptionId = $"{name}-description";
        root.SetAttributeValue(
            "viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {FigureStyle.WidthPixels} {FigureStyle.HeightPixels}"));
        root.SetAttributeValue("role", "img");
        root.SetAttributeValue("aria-labelledby", descriptionId);
        root.AddFirst(new XElement(Svg + "desc", new XAttribute("id", descriptionId), description));
        return new FigureSvg(root);
    }

    /// <summary>The figure as a file of its own.</summary>
    public string ToXml()
    {
        var text = new StringBuilder();
        using (var writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, NewLineChars = "\n" }))
            Root.WriteTo(writer);

        return text.Append('\n').ToString();
    }

    // The drawing names one font of this machine and places each letter by its widths; a reader may have another.
    private static void LetReadersFontFlow(XElement text)
    {
        text.SetAttributeValue("font-family", $"{text.Attribute("font-family")?.Value}, {FigureStyle.FallbackFonts}");
        foreach (XAttribute position in text.Attributes().Where(static attribute => attribute.Name.LocalName is "x" or "y"))
            position.Value = position.Value.Split(',')[0];

        text.Value = text.Value.Trim();
    }

    // The drawing library counts its ids over all drawings of the process; in a page they have to be unique, and in two runs the same.
    private static void RenameIds(XElement root, string name)
    {
        Dictionary<string, string> names = root.Descendants().Attributes("id").Index()
            .ToDictionary(static id => id.Item.Value, id => string.Create(CultureInfo.InvariantCulture, $"{name}-{id.Index + 1}"));
        foreach (XAttribute attribute in root.Descendants().Attributes())
        {
            if (attribute.Name == "id")
                attribute.Value = names[attribute.Value];
            else if (attribute.Name.LocalName == "href" && attribute.Value.StartsWith('#'))
                attribute.Value = $"#{names[attribute.Value[1..]]}";
            else if (attribute.Value.StartsWith("url(#", StringComparison.Ordinal))
                attribute.Value = $"url(#{names[attribute.Value[5..^1]]})";
        }
    }
}
