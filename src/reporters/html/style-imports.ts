/** The style of what the page says of imports: the matrices, their legend, the circles. */

/** CSS; see {@link STYLE_OF_PAGE} in the file beside it. */
export const STYLE_OF_IMPORTS = `
.matrix { overflow-x: auto; margin: .8rem 0 .4rem; padding-bottom: .3rem; }
.matrix svg { display: block; font: 12px/1 var(--sans); }
.matrix .ground { stroke: var(--line); stroke-width: 1; }
.matrix text { fill: var(--ink); }
.matrix text.bad { fill: var(--violation); font-weight: 600; }
.matrix .self { fill: var(--soft); }
.matrix .self.circle { fill: var(--violation-soft); stroke: var(--violation); stroke-width: 1.5; }
.cell rect { fill: var(--link); rx: 2px; }
.cell text { font-size: 10px; }
.cell.s1 rect { fill-opacity: .2; } .cell.s2 rect { fill-opacity: .31; } .cell.s3 rect { fill-opacity: .44; }
.cell.s4 rect { fill-opacity: .78; } .cell.s5 rect { fill-opacity: 1; }
.cell.s4 text, .cell.s5 text { fill: var(--paper); }
.cell.types rect { fill: none; stroke: var(--dim); stroke-dasharray: 3 2; }
.cell.types text { fill: var(--dim); }
.cell.round rect { fill: var(--unknown-soft); fill-opacity: 1; stroke: var(--unknown); stroke-width: 1.5; }
.cell.circle rect { fill: var(--violation); fill-opacity: 1; }
.cell.circle text { fill: var(--paper); font-weight: 700; }
.cell.round text { fill: var(--unknown); font-weight: 600; }
.cell:hover rect { stroke: var(--ink); stroke-width: 2; stroke-dasharray: none; }
.legend { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; color: var(--dim); font-size: .85rem; }
.box { display: inline-block; width: .85em; height: .85em; border-radius: 2px; margin-right: .5em; vertical-align: -.08em; border: 1.5px solid transparent; }
.box.plain { background: var(--link); opacity: .5; }
.box.types { border: 1.5px dashed var(--dim); }
.box.round { background: var(--unknown-soft); border-color: var(--unknown); }
.box.circle { background: var(--violation); }
.circles > li { padding: .45rem 0; border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: .3rem .8rem; align-items: baseline; }
@media print {
  .matrix { overflow: visible; }
  .matrix svg { max-width: 100%; height: auto; }
}
`
