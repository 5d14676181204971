/** Scripts in Vue, Svelte and Astro files: which are read, as what, and that lines and columns are those of the file. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ImportSite } from '#model/imports'
import { parse } from './project-files.ts'

function sites(text: string, path: string): ImportSite[] {
  const parsed = parse(Buffer.from(text), path)
  if ('problem' in parsed) throw new Error(`${parsed.problem.code}: ${parsed.problem.message}`)
  return parsed.imports
}

function said(text: string, path = 'a.vue'): string[] {
  return sites(text, path).map(
    ({ form, specifier, line, column }) => `${form} ${specifier ?? '?'} ${line}:${column}`,
  )
}

describe('Vue', () => {
  test('two scripts, one in TypeScript', () => {
    const text = `<template>\n  <p>it's</p>\n</template>\n\n<script>\nexport default {}\nconst a = require('x')\n</script>\n<script setup lang="ts">\nimport type { A } from 'y'\nconst a: A = await import('z')\n</script>\n<style>@import 'no'</style>\n`
    expect(said(text)).toEqual(['require x 7:19', 'import y 10:24', 'dynamic-import z 11:27'])
  })

  test.each<[string, string[]]>([
    [`<script src="./a.ts" lang="ts"></script>`, ['import ./a.ts 1:14']],
    [`<script lang='ts' src='./a.ts'></script>`, ['import ./a.ts 1:24']],
    [`<script src=./a.js></script>`, ['import ./a.js 1:13']],
    [`<script lang="tsx">import 'x'; const a = <T,>(b: T) => <br/></script>`, ['import x 1:27']],
    [`<script lang="jsx">import 'x'; const a = <br/></script>`, ['import x 1:27']],
    [`<script type="module">import 'x'</script>`, ['import x 1:30']],
    [`<template><script type="application/json">{ "import": "x" }</script></template>`, []],
    [`<script type="text/template">import 'x'</script>`, ['import x 1:37']],
    [`<script type="Module">import 'x'</script>`, ['import x 1:30']],
    [`<script title=" type='application/json' src='./a.js'">import 'x'</script>`, ['import x 1:62']],
    [`<script setup data-x="is:inline">import 'x'</script>`, ['import x 1:41']],
    [`<script is:inline>import 'x'</script>`, ['import x 1:26']],
    [`<script/lang="js">import 'x'</script>`, ['import x 1:26']],
    [`<script LANG="ts">import type a from 'x'</script>`, ['import x 1:38']],
    [`<script lang="ts" src="./a.ts" />\n<template><div/></template>`, ['import ./a.ts 1:24']],
    [`<script src=./a.ts/ ></script>`, ['import ./a.ts/ 1:13']],
    [`<!--><script>import 'x'</script>-->`, ['import x 1:21']],
    [`<!-- a --!><script>import 'x'</script>`, ['import x 1:27']],
    [`<style>/* <!-- */</style><script>import 'x'</script>`, ['import x 1:41']],
    [`<template><a title="<!--"/></template><script>import 'x'</script>`, ['import x 1:54']],
    [`<template>{{ '<!--' }}</template><script>import 'x'</script>`, ['import x 1:49']],
    [`<template><p v-pre>{{</p></template><x/><script>import 'x'</script>}}`, ['import x 1:56']],
    [
      `<docs>\n<script>import 'no'</script> require('no')</docs><script>import 'x'</script>`,
      ['import x 2:65'],
    ],
    [`<docs><script>import 'x'</script>`, ['import x 1:22']],
    [`<template><p>require('no') import( <b>or</b> require(</p></template>`, []],
    [
      `<template><p :a="require('x')">{{ require('y') }} import(</p></template>`,
      ['require x 1:26', 'require y 1:43'],
    ],
    [`<template lang="pug">\np= require('x')\n</template>`, ['require x 2:12']],
    [`<template><a @click="import/* c */('x')" /></template>`, ['dynamic-import x 1:36']],
    [`<template><a @click="import(/* c */ 'x' // d\n)" /></template>`, ['dynamic-import x 1:37']],
    [`<template><a @click="import/*${' '.repeat(600)}*/('x')" /></template>`, ['dynamic-import ? 1:22']],
    [`<!-- <script>import 'x'</script> -->`, []],
    [`<SCRIPT>import 'x'</SCRIPT>`, ['import x 1:16']],
    [`<script\n  setup\n  lang="ts"\n>\n  import 'x'\n</script >`, ['import x 5:10']],
    [`<script generic="T extends Record<string, 1>" lang="ts">import 'x'</script>`, ['import x 1:64']],
    [
      `<template><a @click="import('x')" :b="require(c)" /></template>`,
      ['dynamic-import x 1:29', 'require ? 1:39'],
    ],
    [`<script-of-mine>import 'x'</script-of-mine>`, []],
    [``, []],
    [`<script></script>`, []],
    [`\uFEFF<script>\r\nimport 'x'\r\n</script>`, ['import x 2:8']],
  ])('%s', (text, expected) => {
    expect(said(text)).toEqual(expected)
  })

  test.each<[string, string, number, number]>([
    ['an error in the second script', `<script>\n</script>\n<script>\n  let = (\n</script>`, 5, 1],
    ['a language that is not read', `<template/>\n<script lang="coffee">x</script>`, 2, 1],
    ['a page of scripts', `<script>a</script>\n`.repeat(17), 17, 1],
    ['a script that does not end', `<template/>\n<script>import 'x'`, 2, 1],
    ['a comment that does not end', `<template/>\n<!-- <script>import 'x'</script>`, 2, 1],
  ])('%s leaves the file unknown', (_what, text, line, column) => {
    expect(parse(Buffer.from(text), 'a.vue')).toMatchObject({ problem: { code: 'syntax', line, column } })
  })
})

test('imports by the hundred thousand', () => {
  expect(sites(`import('x') `.repeat(200_000), 'a.vue')).toHaveLength(200_000)
})

describe('Svelte', () => {
  test('the module and the instance', () => {
    const text = `<script module lang="ts">\n  export { a } from './a'\n</script>\n<script lang="ts">\n  import B from './b.svelte'\n  $: c = B\n</script>\n{#await import('d') then e}<B {...e}/>{/await}\n`
    expect(said(text, 'a.svelte')).toEqual([
      're-export ./a 2:21',
      'import ./b.svelte 5:17',
      'dynamic-import d 8:16',
    ])
  })
})

describe('strings and comments in expressions', () => {
  test.each<[string, string[]]>([
    [`<p>{'<!--'}</p><script>import 'x'</script>`, ['import x 1:31']],
    [`<p a={b ? '<!--' : "}"}>{c}</p><script>import 'x'</script>`, ['import x 1:47']],
    [`<p title="<!--">it's</p><script>import 'x'</script>`, ['import x 1:40']],
    [`<p title="{'<!--'}">it's</p><script>import 'x'</script>`, ['import x 1:44']],
    ['<p>{`<!--`}</p><script>import "x"</script>-->', ['import x 1:31']],
    [`{a /* <!-- */}<script>import 'x'</script>{b /* --> */}`, ['import x 1:30']],
    [`<p>it's</p><!-- <script>import 'x'</script> --><p>it's</p>`, []],
    [`{#if a < b}<p>{c}</p>{/if}<!-- <script>import 'x'</script> -->`, []],
    [`{#await import/* c */('x')}{/await}`, ['dynamic-import x 1:23']],
    [`<p>text import // no\n</p>`, []],
  ])('%s', (text, expected) => {
    expect(said(text, 'a.svelte')).toEqual(expected)
  })
})

test.each([
  '{',
  '{"',
  "'",
  '{`\\',
  '{"\\"',
  '<a>',
  '<a b="',
  `<a '">`,
  `<template '">`,
  '<!--',
  '{<!-- ',
  '{{',
  '<style>',
  '<x',
  'import/*',
  'import //',
])('a megabyte of %s takes no time to speak of', (piece) => {
  const text = piece.repeat(1_000_000 / piece.length)
  for (const path of ['a.vue', 'a.svelte', 'a.astro']) parse(Buffer.from(text), path)
})

describe('Astro', () => {
  test('front matter, and scripts in the page', () => {
    const text = `---\nimport A from '../a.astro'\nimport type { B } from 'b'\nif (!Astro.props.b) return Astro.redirect('/')\nconst c: B = await import('c')\n---\n<A>it's --- nothing</A>\n<script>import 'd'; const e: number = 1</script>\n<script src="./f.ts"></script>\n<script is:inline src="./g.js"></script>\n`
    expect(said(text, 'a.astro')).toEqual([
      'import ../a.astro 2:15',
      'import b 3:24',
      'dynamic-import c 5:27',
      'import d 8:16',
      'import ./f.ts 9:14',
    ])
  })

  test.each<[string, string[]]>([
    [`<p>a</p>`, []],
    [`---\n---\n<p/>`, []],
    [`---\r\nimport 'x'\r\n---\r\n`, ['import x 2:8']],
    [`\n---\nimport 'x'\n---`, ['import x 3:8']],
    [`---\nimport 'x';---\n<p/>`, ['import x 2:8']],
    [`---\nimport 'x'\n---<p/>`, ['import x 2:8']],
    [`<!-- a --> <!---->\n---\nimport 'x'\n---\n`, ['import x 3:8']],
    [`---\nconst a = '---'\nimport 'x'\n---\n<p>---</p>`, ['import x 3:8']],
    [`<p>a</p>\n---\n`, []],
    [
      `<script type="Application/JSON">{}</script><script data-x="is:inline">import 'x'</script>`,
      ['import x 1:78'],
    ],
  ])('%j', (text, expected) => {
    expect(said(text, 'a.astro')).toEqual(expected)
  })
})

test('front matter that is opened and not closed leaves the file unknown', () => {
  expect(parse(Buffer.from(`\n---\nimport 'x'`), 'a.astro')).toMatchObject({
    problem: { code: 'syntax', line: 2, column: 1 },
  })
})

test('whatever stands around a script, its imports and their places are those of the script alone', () => {
  const around = fc.stringMatching(/^[a-z{}<>/'" \n\r-]{0,40}$/).filter((text) => !text.includes('<'))
  const code = fc.constantFrom(`import 'x'`, `const a = 1\nexport * from 'y'`, `require("z");\r\nimport('w')`)
  fc.assert(
    fc.property(around, code, around, (before, script, after) => {
      const head = `${before}\n<script lang="ts">\n`
      const lines = head.split(/\r\n?|\n/).length - 1
      const alone = sites(script, 'a.ts')
      for (const site of alone) site.line += lines
      expect(sites(`${head}${script}\n</script>\n${after}`, 'a.vue')).toEqual(alone)
    }),
  )
})
