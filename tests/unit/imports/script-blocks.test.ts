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
    [`<script type="application/json">{ "import": "x" }</script>`, []],
    [`<script type="text/template">import 'x'</script>`, []],
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
  ])('%j', (text, expected) => {
    expect(said(text, 'a.astro')).toEqual(expected)
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
