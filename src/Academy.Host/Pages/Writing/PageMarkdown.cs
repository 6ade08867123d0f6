using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Ganss.Xss;
using Markdig;

namespace Academy.Host.Pages.Writing;

/// <summary>Markdown of the curriculum as HTML that can do no harm: raw HTML is shown as text, and what is left passes a list of what is allowed.</summary>
internal static class PageMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseTaskLists().UseAutoLinks().Build();

    private static readonly HtmlSanitizer Sanitizer = Make();

    public static string ToHtml(string markdown)
    {
        using var document = Sanitizer.SanitizeDom(Markdown.ToHtml(markdown, Pipeline));
        foreach (var code in document.QuerySelectorAll("pre > code.language-mermaid").ToList())
        {
            code.ParentElement!.Replace(Figure(document, code.TextContent));
        }

        foreach (var table in document.QuerySelectorAll("table").ToList())
        {
            Scrolls(document, table);
        }

        return document.Body!.InnerHtml;
    }

    private static IElement Figure(IHtmlDocument document, string source)
    {
        var figure = document.CreateElement("figure");
        figure.ClassName = "diagram";
        if (Flowchart.Read(source) is { } chart)
        {
            figure.InnerHtml = FlowchartDrawing.ToSvg(chart);
            return figure;
        }

        var pre = document.CreateElement("pre");
        pre.TextContent = source;
        figure.AppendChild(pre);
        return figure;
    }

    // A wide table scrolls by itself, with the keyboard too, and the page does not.
    private static void Scrolls(IHtmlDocument document, IElement table)
    {
        var frame = document.CreateElement("div");
        frame.ClassName = "wide";
        frame.SetAttribute("tabindex", "0");
        table.Replace(frame);
        frame.AppendChild(table);
    }

    private static HtmlSanitizer Make()
    {
        var sanitizer = new HtmlSanitizer();
        sanitizer.AllowedAttributes.Remove("style");
        sanitizer.AllowedTags.Remove("style");
        sanitizer.AllowedTags.Remove("form");
        sanitizer.AllowedAttributes.Add("class");
        sanitizer.AllowedClasses.Add("language-mermaid");
        sanitizer.AllowedSchemes.Clear();
        sanitizer.AllowedSchemes.Add("https");
        sanitizer.AllowedSchemes.Add("http");
        sanitizer.AllowedSchemes.Add("mailto");
        return sanitizer;
    }
}
