/** Two hundred strings that would run, load or leave something if a page took them for markup. */
import { NASTY } from './nasty.ts'

/** What an attack would do. */
const DEEDS = ['window.pwned=1', "fetch('https://x.example/a')", "location='https://x.example/b'", 'alert(1)']

/** How it would get there. */
const WAYS: ((deed: string) => string)[] = [
  (deed) => `<script>${deed}</script>`,
  (deed) => `</script><script>${deed}</script>`,
  (deed) => `</style><script>${deed}</script>`,
  (deed) => `</title><script>${deed}</script>`,
  (deed) => `--><script>${deed}</script>`,
  (deed) => `"><img src=x onerror="${deed}">`,
  (deed) => `'><img src=x onerror='${deed}'>`,
  (deed) => `x onmouseover=${deed} y`,
  (deed) => `" autofocus onfocus="${deed}`,
  (deed) => `<svg onload=${deed}>`,
  (deed) => `<svg><script>${deed}</script></svg>`,
  (deed) => `<svg><animate onbegin=${deed} attributeName=x>`,
  (deed) => `<math><mtext></form><form><mglyph><style></math><img src onerror=${deed}>`,
  (deed) => `<details open ontoggle=${deed}>`,
  (deed) => `</summary></details><details open ontoggle="${deed}">`,
  (deed) => `<a href="javascript:${deed}" autofocus>x</a>`,
  (deed) => `javascript:${deed}//`,
  (deed) => `https://x.example/"onclick="${deed}`,
  (deed) => `<iframe srcdoc="<script>${deed}</script>">`,
  (deed) => `<iframe src="javascript:${deed}">`,
  (deed) => `<object data="data:text/html,<script>${deed}</script>">`,
  (deed) => `<template><script>${deed}</script></template>`,
  (deed) => `<noscript><p title="</noscript><img src=x onerror=${deed}>">`,
  (deed) => `</table></section><script>${deed}</script>`,
  (deed) => `\u003cscript\u003e${deed}\u003c/script\u003e`,
  (deed) => `&lt;script&gt;${deed}&lt;/script&gt;`,
  (deed) => `\${${deed}}{{constructor.constructor('${deed}')()}}`,
]

/** Things that load without a script. */
const LOADS = [
  '<img src="https://x.example/p.png">',
  '<link rel=stylesheet href="https://x.example/s.css">',
  '<link rel="prefetch dns-prefetch preconnect icon" href="https://x.example/">',
  '<style>@import "https://x.example/s.css"; body { display: none }</style>',
  '</style><style>* { background: url(https://x.example/b.png) }',
  '<p style="background:url(https://x.example/c.png);position:fixed;inset:0">',
  '<meta http-equiv=refresh content="0;url=https://x.example/">',
  '<meta http-equiv="Content-Security-Policy" content="script-src *">',
  '<base href="https://x.example/">',
  '<form action="https://x.example/"><input name=a><button autofocus>go',
  '<video src="https://x.example/v.mp4" autoplay poster="https://x.example/p.png">',
  '<audio src=https://x.example/a.mp3 autoplay>',
  '<iframe src="https://x.example/">',
  '<embed src="https://x.example/e.swf">',
  '<svg><image href="https://x.example/i.png"/><use href="https://x.example/u.svg#a"/></svg>',
  '<input type=image src="https://x.example/i.png">',
  '<picture><source srcset="https://x.example/i.png"><img></picture>',
  '<body background="https://x.example/b.png" onload=alert(1)>',
  '<portal src="https://x.example/">',
  '<plaintext>',
  '<textarea>',
  '<!--',
  '<xmp>',
  '<frameset><frame src="https://x.example/">',
  '<marquee onstart=alert(1)>',
  '<input onfocus=alert(1) autofocus>',
  '<keygen autofocus onfocus=alert(1)>',
]

/** All of them. */
export const ATTACKS: readonly string[] = [
  ...WAYS.flatMap((way) => DEEDS.map((deed) => way(deed))),
  ...LOADS,
  ...NASTY,
]
