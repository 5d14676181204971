/** The style of the parts: findings, evidence, fixes, tables, bars, curves, trees. */

/** CSS; see {@link STYLE_OF_PAGE} in the file beside it. */
export const STYLE_OF_PARTS = `
.mark { display: inline-block; padding: 0 .5em; border-radius: 3px; font-size: .8rem; line-height: 1.55; color: var(--tone); background: var(--tone-soft); white-space: nowrap; }
.group { margin-top: 1.6rem; }
.group h3 { margin-top: 0; }
.group.denied h3 { color: var(--violation); }
.matter { margin: .9rem 0 1.4rem; }
.sentence { font-weight: 400; }
details.fold > summary, details.finding > summary, details.all > summary { cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary::before { content: '▸' / ''; display: inline-block; width: 1.1em; color: var(--dim); transition: none; }
details[open] > summary::before { content: '▾' / ''; }
details.fold > summary { padding: .35rem 0; }
details.finding { background: var(--sheet); border: 1px solid var(--line); border-bottom-width: 0; }
details.finding:first-of-type { border-radius: 5px 5px 0 0; }
details.finding:last-of-type { border-bottom-width: 1px; border-radius: 0 0 5px 5px; }
details.finding > summary { padding: .55rem .9rem; display: flex; align-items: baseline; gap: .5rem; }
details.finding > summary .id { font-weight: 600; }
details.finding > summary .aside { margin-left: auto; text-align: right; }
details.finding > summary:hover { background: var(--soft); }
details.finding[open] > summary { border-bottom: 1px solid var(--line); }
.aside, .words, .by { color: var(--dim); font-size: .88rem; }
.finding .body { padding: .7rem 1.1rem 1.1rem; }
.finding .message { font-size: 1.05rem; }
.row { display: grid; grid-template-columns: 8rem 1fr; gap: .2rem 1rem; margin: .8rem 0; }
.row > * { min-width: 0; }
.row p, .row .label { margin: 0; }
.label { color: var(--dim); font-size: .85rem; padding-top: .1rem; }
.path { display: flex; flex-wrap: wrap; gap: .1rem .45rem; }
.path li:not(:last-child)::after { content: ' ›' / ''; color: var(--dim); }
.path li:last-child code { font-weight: 600; }
.claims { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); gap: .7rem; }
.claims li { border: 1px solid var(--line); border-radius: 5px; padding: .6rem .8rem; background: var(--paper); min-width: 0; }
.claims .who { margin: 0; font-weight: 600; font-size: .88rem; }
.claims .said { margin: .25rem 0; }
.claims .read, .claims .when, .claims .hash { margin: 0; color: var(--dim); font-size: .85rem; }
.claims .differences { margin: .3rem 0; }
.differences li { font: .83rem/1.5 var(--mono); border-left: 3px solid var(--violation); background: var(--violation-soft); padding: .1rem .6rem; margin: .2rem 0; overflow-wrap: anywhere; }
.leaves { margin-top: .7rem; }
.leaves li { font-size: .9rem; }
.leaves b { color: var(--tone); font-weight: 600; }
.ask { font-size: .92rem; }
.fix { margin-top: 1rem; border-left: 3px solid var(--pass); padding: .1rem 0 .1rem 1rem; }
.fix .label { padding: 0; font-weight: 600; color: var(--pass); }
.fix p { margin: .2rem 0 .5rem; max-width: 46rem; }
pre { margin: .5rem 0; padding: .7rem .9rem; background: var(--soft); border-radius: 5px; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; position: relative; }
.do-copy { position: absolute; top: .45rem; right: .45rem; }
code + .do-copy { position: static; margin-left: .4rem; }
button, select, input { font: inherit; font-size: .9rem; color: inherit; background: var(--sheet); border: 1px solid var(--dim); border-radius: 5px; padding: .3rem .7rem; }
button { cursor: pointer; }
button:hover { background: var(--soft); }
button:disabled { color: var(--dim); border-color: var(--line); cursor: default; }
.do-copy { padding: .05rem .55rem; font-size: .8rem; font-family: var(--sans); }
.short li { padding: .22rem 0; border-bottom: 1px solid var(--line); }
.short li:last-child { border-bottom: 0; }
.names { font-size: .88rem; }

table.plain { border-collapse: collapse; width: 100%; margin: .8rem 0; font-size: .93rem; }
.plain th, .plain td { text-align: left; vertical-align: top; padding: .45rem .8rem .45rem 0; border-bottom: 1px solid var(--line); }
.plain th { font-weight: 400; }
.plain thead th { color: var(--dim); font-size: .85rem; border-bottom-color: var(--dim); overflow-wrap: normal; }
.plain tbody th { min-width: 10rem; }
.plain details.fold > summary { padding: 0; }
.turn { color: var(--dim); }
.releases li { margin-bottom: .3rem; }
.sources { color: var(--dim); font-size: .9rem; margin-top: .8rem; }
.sources li::first-letter { text-transform: uppercase; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(26rem, 100%), 1fr)); gap: 0 2rem; margin: 0 0 1rem; }
.facts div { display: grid; grid-template-columns: 7rem 1fr; gap: .8rem; padding: .35rem 0; border-bottom: 1px solid var(--line); }
.facts dt { color: var(--dim); font-size: .88rem; }
.facts dd { margin: 0; min-width: 0; }

figure { margin: 0; }
.bar { margin: 1rem 0; }
.bar figcaption { margin-bottom: .3rem; }
.bar svg { display: block; width: 100%; height: 1.5rem; border-radius: 4px; }
rect.permissive, .key.permissive { fill: var(--permissive); background: var(--permissive); }
rect.weak-copyleft, .key.weak-copyleft { fill: var(--weak-copyleft); background: var(--weak-copyleft); }
rect.copyleft, .key.copyleft { fill: var(--copyleft); background: var(--copyleft); }
rect.other, .key.other { fill: var(--other); background: var(--other); }
rect.unknown, .key.unknown { fill: var(--nothing); background: var(--nothing); }
.key { display: inline-block; width: .8em; height: .8em; border-radius: 2px; margin-right: .5em; vertical-align: -.05em; }
.curves { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); gap: 1.2rem 2rem; }
.curve figcaption { display: flex; justify-content: space-between; align-items: baseline; font-size: .92rem; color: var(--dim); }
.curve figcaption b { font: 600 1.3rem/1.3 var(--serif); color: var(--ink); }
.curve svg { display: block; width: 100%; height: auto; overflow: visible; }
.curve .ground { stroke: var(--line); stroke-width: 1; }
.curve .line { fill: none; stroke: var(--link); stroke-width: 1.8; stroke-linejoin: round; stroke-linecap: round; }
.curve .area { fill: var(--new-soft); }
.curve .end { fill: var(--link); }
.curve .span { display: flex; justify-content: space-between; gap: .6rem; margin: .2rem 0 0; font-size: .8rem; color: var(--dim); }
.share { width: 9rem; max-width: 100%; height: .7rem; border-radius: 2px; fill: var(--other); vertical-align: baseline; margin-right: .4rem; }

.tree, .tree ul { margin-left: .2rem; }
.tree ul { margin-left: .55rem; padding-left: 1.1rem; }
.tree li { padding: .14rem 0; position: relative; }
.tree ul > li::before { content: ''; position: absolute; left: -1.1rem; top: 0; height: .95rem; width: .8rem; border: 0 solid var(--line); border-width: 0 0 1px 1px; }
.tree ul > li:not(:last-child)::after { content: ''; position: absolute; left: -1.1rem; top: 0; bottom: 0; border-left: 1px solid var(--line); }

.controls { display: flex; flex-wrap: wrap; gap: .7rem 1rem; align-items: end; margin: .6rem 0 1rem; }
.controls[hidden], .pager[hidden] { display: none; }
.controls label { font-size: .85rem; color: var(--dim); display: grid; gap: .15rem; }
.controls label > * { color: var(--ink); }
.controls .wide { flex: 1 1 16rem; }
.controls .wide input { width: 100%; }
.controls p { flex-basis: 100%; margin: 0; font-size: .9rem; color: var(--dim); }
.packages i { font-style: normal; color: var(--dim); }
.packages tbody th { font: .86rem/1.6 var(--mono); overflow-wrap: anywhere; min-width: 0; width: 27%; }
.packages :is(td:nth-child(2), td:nth-child(6)) { overflow-wrap: anywhere; }
.packages td:nth-child(2) { width: 15%; }
.packages td:nth-child(3), .packages td:nth-child(5) { white-space: nowrap; }
.packages td:nth-child(6) { font-size: .85rem; color: var(--dim); width: 26%; }
.packages td.violation, .packages td.unknown, .packages td.incomplete { color: var(--tone); font-weight: 600; }
.packages thead th { white-space: nowrap; }
.packages thead button { border: 0; background: none; padding: 0; color: inherit; text-align: left; }
.packages thead button::after { content: ' ↕' / ''; opacity: .5; }
.packages th[aria-sort=ascending] button::after { content: ' ↑' / ''; opacity: 1; }
.packages th[aria-sort=descending] button::after { content: ' ↓' / ''; opacity: 1; }
@media print {
  table.packages { font-size: 7.5pt; }
  .packages tbody :is(th, td), .packages td:nth-child(6) { padding: .12rem .5rem .12rem 0; line-height: 1.3; font-size: 7.5pt; }
  .packages thead button::after { display: none; }
}
.pager { display: flex; gap: 1rem; align-items: center; }

@media screen and (max-width: 46rem) {
  .mark { white-space: normal; }
  .row { grid-template-columns: 1fr; }
  details.finding > summary { display: block; position: relative; padding-left: 2.1rem; }
  details.finding > summary::before { position: absolute; left: .9rem; }
  details.finding > summary .aside, details.finding > summary .words { display: block; text-align: left; }
  .plain:not(.packages) thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .plain:not(.packages) tr { display: block; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .plain:not(.packages) :is(th, td) { display: block; border: 0; padding: .1rem 0; }
  .plain:not(.packages) td { display: grid; grid-template-columns: 8rem minmax(0, 1fr); gap: .6rem; }
  .plain:not(.packages) td::before { content: attr(data-label); color: var(--dim); font-size: .85rem; }
  .packages tbody tr { display: grid; grid-template-columns: 1fr auto; gap: 0 .8rem; padding: .5rem 0; border-bottom: 1px solid var(--line); }
  .packages tbody :is(th, td) { border: 0; padding: 0; width: auto !important; }
  .packages tbody th { grid-column: 1 / -1; }
  .packages td:nth-child(6) { grid-column: 1 / -1; }
  .packages td:nth-child(6):not(:empty)::before { content: 'by '; }
  .packages td:nth-child(3), .packages td:nth-child(5) { text-align: right; }
  .packages thead tr { display: flex; flex-wrap: wrap; gap: .3rem 1rem; }
  .packages thead th { border: 0; padding: 0; }
}
`
