/** The style of the page as a whole: colours for light, dark and paper, type, layout. */

/** CSS; a constant, because its hash stands in the page's security policy. */
export const STYLE_OF_PAGE = `
:root {
  --paper: #faf9f6; --sheet: #ffffff; --ink: #1d1c1a; --dim: #5b5852; --line: #dfdbd2; --soft: #f1efe9; --link: #1c4f80;
  --pass: #17613b; --pass-soft: #e4f2e9; --violation: #a3211f; --violation-soft: #fbe9e7;
  --unknown: #7a4e00; --unknown-soft: #fbf0d9; --incomplete: #53418c; --incomplete-soft: #eeeaf8;
  --new: #1c4f80; --new-soft: #e3eef8;
  --permissive: #4f8f6d; --weak-copyleft: #cf9f33; --copyleft: #c05a40; --other: #7384a0; --nothing: #b4b0a7;
  --serif: Charter, 'Bitstream Charter', 'Sitka Text', Cambria, Georgia, serif;
  --sans: system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --paper: #141517; --sheet: #1c1e21; --ink: #ecebe7; --dim: #aaa7a0; --line: #35383d; --soft: #24272b; --link: #8fbcea;
    --pass: #7fd4a3; --pass-soft: #18302350; --violation: #ff9b92; --violation-soft: #42201e80;
    --unknown: #ecc06a; --unknown-soft: #3d300f80; --incomplete: #c3b2f5; --incomplete-soft: #2e264a80;
    --new: #8fbcea; --new-soft: #1b304580;
    --permissive: #5fa983; --weak-copyleft: #d9b04f; --copyleft: #d97a61; --other: #8b9bb8; --nothing: #7d7a74;
  }
}
* { box-sizing: border-box; }
html { color-scheme: light dark; -webkit-text-size-adjust: 100%; scroll-padding-top: 4rem; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.55 var(--sans); overflow-wrap: anywhere; font-variant-numeric: tabular-nums;
}
header, main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.5rem; }
h1, h2, h3 { font-family: var(--serif); font-weight: 600; line-height: 1.25; text-wrap: balance; }
h1 { font-size: clamp(1.6rem, 1.1rem + 2.2vw, 2.5rem); margin: .6rem 0 .8rem; letter-spacing: -.01em; }
h2 { font-size: 1.55rem; margin: 0 0 .9rem; }
h3 { font-size: 1.15rem; margin: 1.8rem 0 .5rem; }
h4 { font-size: 1rem; font-weight: 600; margin: 1.2rem 0 .5rem; }
p { margin: .5rem 0; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .15em; }
code, pre { font: .875em/1.5 var(--mono); font-variant-ligatures: none; }
code { overflow-wrap: anywhere; }
small { display: block; color: var(--dim); font-size: .85rem; }
ul, ol { margin: 0; padding: 0; list-style: none; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
main:focus { outline: none; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 1rem; top: -5rem; background: var(--sheet); padding: .5rem 1rem; z-index: 3; }
.skip:focus { top: 1rem; }
.nowrap { white-space: nowrap; }
.tally { color: var(--dim); font: 400 .9rem/1.4 var(--sans); white-space: nowrap; }
.lead, .about { color: var(--dim); max-width: 46rem; }
.calm { color: var(--dim); }
.note { border-left: 3px solid var(--unknown); padding: .3rem .9rem; background: var(--unknown-soft); }

header { padding-top: 2.4rem; }
.what { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; color: var(--dim); font-size: .9rem; margin: 0; }
.what span:first-child { color: var(--ink); font-weight: 600; }
h1 .verdict { display: block; font: 600 .95rem/1.4 var(--sans); letter-spacing: .02em; margin-bottom: .35rem; }
h1 .verdict { color: var(--tone); }
h1 .verdict span { display: inline-block; min-width: 1.5em; text-align: center; border-radius: 1em; background: var(--tone); color: var(--paper); }
header.pass, .pass { --tone: var(--pass); --tone-soft: var(--pass-soft); }
header.violation, .violation { --tone: var(--violation); --tone-soft: var(--violation-soft); }
header.unknown, .unknown, .warn { --tone: var(--unknown); --tone-soft: var(--unknown-soft); }
header.incomplete, .incomplete { --tone: var(--incomplete); --tone-soft: var(--incomplete-soft); }
.new { --tone: var(--new); --tone-soft: var(--new-soft); }
.plain, .none { --tone: var(--dim); --tone-soft: var(--soft); }
.coverage { color: var(--dim); max-width: 52rem; }
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.2rem, 1fr)); gap: .6rem; margin: 1.2rem 0; }
.tile { border: 1px solid var(--line); border-top: 3px solid var(--tone); background: var(--sheet); border-radius: 4px; }
.tile a { display: block; padding: .5rem .9rem .6rem; line-height: 1.35; }
.tile a { color: inherit; text-decoration: none; height: 100%; }
.tile a:hover { background: var(--tone-soft); }
.tile { font-size: .9rem; color: var(--dim); }
.tile b { display: block; color: var(--tone); font: 600 1.7rem/1.2 var(--serif); }

.contents { position: sticky; top: 0; z-index: 2; background: var(--paper); border-bottom: 1px solid var(--line); margin-top: 1.2rem; }
.contents ul { max-width: 68rem; margin: 0 auto; padding: 0 1.5rem; display: flex; gap: 1.3rem; overflow-x: auto; scrollbar-width: none; }
.contents a { display: block; padding: .7rem 0; white-space: nowrap; color: var(--dim); text-decoration: none; font-size: .9rem; }
.contents a:hover { color: var(--ink); text-decoration: underline; }
section { padding: 2.6rem 0 0; }
section + section { margin-top: 2.6rem; border-top: 1px solid var(--line); }
footer { color: var(--dim); font-size: .85rem; margin-top: 3rem; padding-bottom: 3rem; }

@media screen and (max-width: 40rem) {
  header, main, footer, .contents ul { padding-left: 1rem; padding-right: 1rem; }
  header { padding-top: 1.4rem; }
  .tiles { grid-template-columns: 1fr 1fr; }
}
@media print {
  @page { margin: 16mm 14mm; }
  html { font-size: 9.5pt; }
  body { background: none; }
  header, main, footer { max-width: none; padding: 0; }
  .contents, .skip, .controls, .pager, .do-copy, .all-open { display: none !important; }
  section { padding-top: 1rem; }
  section + section { margin-top: 1.2rem; }
  h2, h3, h4, summary { break-after: avoid; }
  tr, .claims li, .tile, figure, .fix { break-inside: avoid; }
  details::details-content { content-visibility: visible; height: auto; block-size: auto; }
  summary::before { display: none; }
  a { color: inherit; text-decoration: none; }
  svg, .mark, .tile, .key, .fix { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`
