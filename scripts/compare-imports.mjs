/**
 * Holds depgate's reading of imports against other readers: node scripts/compare-imports.mjs [--typescript <lib>] <folder> …
 *
 * Every JavaScript and TypeScript file below the folders is read by depgate (from dist, so build first) and by
 * es-module-lexer, and with `--typescript` also by `preProcessFile` of a TypeScript before 7, whose
 * `lib/typescript.js` is named. Each import that one reader sees at a place and the other does not is printed, and for
 * each reader how many they agree on. es-module-lexer is asked for import, export … from and import() alone.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { parse as lex } from 'es-module-lexer'
import { loadParser } from '../dist/imports/oxc.js'

const EXTENSIONS = /\.[cm]?[jt]sx?$/
const LARGEST = 4 * 1024 * 1024
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { typescript: { type: 'string' } },
})
const loaded = await loadParser()
if (!loaded.ok) throw new Error(loaded.failure.message)

const ESM = new Set(['import', 're-export', 'dynamic-import'])
const TS = new Set([...ESM, 'require', 'import-type', 'types-reference', 'path-reference'])
const readers = [{ name: 'es-module-lexer', forms: ESM, read: readByLexer }]
if (values.typescript !== undefined) {
  const { default: ts } = await import(pathToFileURL(resolve(values.typescript)).href)
  readers.push({ name: `TypeScript ${ts.version}`, forms: TS, read: readByTypeScript(ts) })
}

const totals = new Map(
  readers.map(({ name }) => [name, { agreed: 0, onlyOurs: 0, onlyTheirs: 0, unread: 0 }]),
)
const read = { files: 0, imports: 0, problems: 0 }
for (const folder of positionals.map((path) => resolve(path))) {
  for (const file of filesBelow(folder)) compare(folder, file)
}
console.log(`${read.files} files, ${read.imports} imports, ${read.problems} files that depgate cannot read`)
for (const [name, { agreed, onlyOurs, onlyTheirs, unread }] of totals) {
  const sides = `${onlyOurs} only by depgate, ${onlyTheirs} only by ${name}`
  console.log(`${name}: ${agreed} imports seen by both, ${sides}, ${unread} files it cannot read`)
}

/** Prints how readers differ over one file. */
function compare(folder, file) {
  const bytes = readFileSync(file)
  if (bytes.length > LARGEST) return
  read.files++
  const parsed = loaded.value(bytes, file)
  const name = join(relative(process.cwd(), folder), relative(folder, file))
  if ('problem' in parsed) {
    read.problems++
    console.log(`${name}:${parsed.problem.line ?? 1}: depgate: ${parsed.problem.message}`)
    return
  }
  read.imports += parsed.imports.length
  const text = bytes.toString().replace(/^\uFEFF/, '')
  for (const reader of readers) {
    const total = totals.get(reader.name)
    let theirs
    try {
      theirs = reader.read(text, file)
    } catch (error) {
      total.unread++
      console.log(`${name}: ${reader.name} cannot read it: ${String(error.message).split('\n')[0]}`)
      continue
    }
    const ours = parsed.imports
      .filter(({ form, specifier }) => reader.forms.has(form) && specifier !== null)
      .map(({ line, column, specifier, form }) => ({ at: `${line}:${column}`, specifier, form }))
    const places = placesIn(text)
    const found = theirs.map(({ offset, specifier }) => ({ at: places(offset), specifier }))
    const onlyOurs = without(ours, found)
    const onlyTheirs = without(found, ours)
    total.agreed += ours.length - onlyOurs.length
    total.onlyOurs += onlyOurs.length
    total.onlyTheirs += onlyTheirs.length
    for (const each of onlyOurs)
      console.log(`${name}:${each.at} ${each.specifier} (${each.form}): only depgate, not ${reader.name}`)
    for (const each of onlyTheirs)
      console.log(`${name}:${each.at} ${each.specifier}: only ${reader.name}, not depgate`)
  }
}

/** Imports with the offset of the quote. */
function readByLexer(text, file) {
  const [imports] = lex(text, file)
  return imports
    .filter(({ type, specifier }) => type !== 'import-meta' && typeof specifier === 'string')
    .map(({ type, specifier, start }) => ({ specifier, offset: type === 'dynamic' ? start : start - 1 }))
}

function readByTypeScript(ts) {
  return (text, file) => {
    const isJavaScript = /\.[cm]?jsx?$/.test(file)
    const info = ts.preProcessFile(text, true, isJavaScript)
    return [...info.importedFiles, ...info.referencedFiles, ...info.typeReferenceDirectives].map(
      ({ fileName, pos }) => ({ specifier: fileName, offset: /['"`]/.test(text[pos]) ? pos : pos - 1 }),
    )
  }
}

/** What of a list has no counterpart in another one. */
function without(list, others) {
  const left = new Map()
  for (const { at, specifier } of others) {
    const key = `${at} ${specifier}`
    left.set(key, (left.get(key) ?? 0) + 1)
  }
  return list.filter(({ at, specifier }) => {
    const key = `${at} ${specifier}`
    const count = left.get(key) ?? 0
    left.set(key, count - 1)
    return count <= 0
  })
}

/** Offsets as `line:column`, both from 1. */
function placesIn(text) {
  const starts = [0]
  for (const { index, 0: end } of text.matchAll(/\r\n?|\n/g)) starts.push(index + end.length)
  return (offset) => {
    const line = starts.findLastIndex((start) => start <= offset)
    return `${line + 1}:${offset - starts[line] + 1}`
  }
}

function* filesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* filesBelow(path)
    else if (entry.isFile() && EXTENSIONS.test(entry.name)) yield path
  }
}
