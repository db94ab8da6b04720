namespace DerChain.Cli.Report.Page;

/// <summary>The page's style sheet. It names no other file, and holds none of the characters that XML would escape.</summary>
internal static class PageStyle
{
    public const string Css = """

        :root {
          color-scheme: light dark;
          --page: #ffffff; --ink: #1b1f24; --quiet: #57606a; --line: #d0d7de; --band: #f6f8fa;
          --short: #a63d00; --short-band: #fff1e5; --good: #0b5f8a; --bar: #56b4e9;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #14181d; --ink: #e6e9ed; --quiet: #a0a9b4; --line: #39424d; --band: #1d232a;
            --short: #ff9d5c; --short-band: #3a2415; --good: #79c7f2; --bar: #3d8fbf;
          }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0 auto; max-width: 77rem; padding: 1rem; background: var(--page); color: var(--ink);
          font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; }
        h1 { font-size: 1.15rem; margin: 0 0 .5rem; color: var(--quiet); font-weight: 600; }
        h2 { font-size: 1.35rem; margin: 2.5rem 0 .5rem; }
        h3 { font-size: 1.1rem; margin: 2rem 0 .25rem; }
        p, ul { margin: .5rem 0; max-width: 52rem; }
        .verdict { border-left: .35rem solid var(--good); background: var(--band); padding: .75rem 1rem; }
        .verdict.failed { border-color: var(--short); background: var(--short-band); }
        .verdict p { max-width: none; }
        .verdict .headline { font-size: 1.3rem; line-height: 1.35; font-weight: 600; }
        nav ul { max-width: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; list-style: none; padding: 0; }
        a { color: var(--good); }
        figure { margin: 1.5rem 0; }
        figure .scroll { background: #ffffff; border: 1px solid var(--line); }
        figure svg { display: block; width: 100%; min-width: 40rem; height: auto; }
        figcaption { color: var(--quiet); font-size: .9rem; margin-top: .35rem; }
        .scroll { overflow-x: auto; margin: .5rem 0 1rem; }
        table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; width: 100%; }
            th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
        thead th { border-bottom: 2px solid var(--line); vertical-align: bottom; }
        tbody th { position: sticky; left: 0; background: var(--page); white-space: nowrap; }
        .time { white-space: nowrap; }
        .number { text-align: right; }
        td.number { white-space: nowrap; }
        tr.short, tr.short th { background: var(--short-band); }
        tr.short th:first-child { box-shadow: inset .3rem 0 0 var(--short); }
        .mark { color: var(--short); font-weight: 700; white-space: nowrap; }
        tr.total { font-weight: 700; }
        .share { min-width: 8rem; width: 40%; }
        .share span { display: block; height: .9rem; margin-top: .25rem; background: var(--bar); }
        .evidence { color: var(--quiet); font-size: .76rem; line-height: 1.5; white-space: nowrap; }
        #activations .evidence { white-space: normal; min-width: 17rem; }
        #hours td { white-space: nowrap; }
        code { font: .92em/1.35 ui-monospace, "Liberation Mono", Consolas, monospace; overflow-wrap: anywhere; }
        dl { margin: .75rem 0; }
        dl div { display: grid; grid-template-columns: minmax(9rem, 20rem) 1fr; gap: 0 1rem; padding: .25rem 0;
          border-bottom: 1px solid var(--line); }
        dt { color: var(--quiet); }
        dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
        .note { color: var(--quiet); font-size: .9rem; }
        @media print {
          body { max-width: none; padding: 0; font-size: 10pt; }
          nav { display: none; }
          .scroll { overflow: visible; }
          .evidence { white-space: normal; }
          figure svg { min-width: 0; }
          figure, tr { break-inside: avoid; }
          h2, h3 { break-after: avoid; }
          .verdict, tr.short, .share span { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
        }

        """;
}
