/** Which language a source file is written in, by its name alone. */

/** How the parser reads a text. */
export interface Dialect {
  lang: 'jsx' | 'ts' | 'tsx' | 'dts'
  /** Tried one after another: the first under which the text has no error is right, else the first one's errors count. */
  sourceTypes: readonly ('module' | 'commonjs' | 'unambiguous')[]
}

/** A language by name: files of one language and one content say the same. */
export type Language =
  | { name: string; kind: 'script'; dialect: Dialect }
  /** Markup with script blocks in it. */
  | { name: 'vue' | 'svelte' | 'astro'; kind: 'markup' }

/** TypeScript, which has modules and CommonJS in one. */
export const TYPESCRIPT: Dialect = { lang: 'ts', sourceTypes: ['module', 'commonjs'] }
/** The same with JSX. */
export const TYPESCRIPT_JSX: Dialect = { lang: 'tsx', sourceTypes: ['module', 'commonjs'] }
/** JavaScript, in which JSX is read wherever it stands: bundlers do so too. */
export const JAVASCRIPT: Dialect = { lang: 'jsx', sourceTypes: ['unambiguous', 'commonjs'] }

const DECLARATIONS: Dialect = { lang: 'dts', sourceTypes: ['module', 'commonjs'] }

const LANGUAGES: ReadonlyMap<string, Language> = new Map<string, Language>([
  ['ts', script('ts', TYPESCRIPT)],
  ['mts', script('mts', TYPESCRIPT)],
  ['cts', script('cts', { lang: 'ts', sourceTypes: ['commonjs', 'module'] })],
  ['tsx', script('tsx', TYPESCRIPT_JSX)],
  ['js', script('js', JAVASCRIPT)],
  ['jsx', script('jsx', JAVASCRIPT)],
  ['mjs', script('mjs', { lang: 'jsx', sourceTypes: ['module'] })],
  ['cjs', script('cjs', { lang: 'jsx', sourceTypes: ['commonjs', 'unambiguous'] })],
  ['vue', { name: 'vue', kind: 'markup' }],
  ['svelte', { name: 'svelte', kind: 'markup' }],
  ['astro', { name: 'astro', kind: 'markup' }],
])

/** Extensions of all files that are read, without the dot. */
export const SOURCE_EXTENSIONS: readonly string[] = [...LANGUAGES.keys()]

/** The language of a path; undefined for what is no source file. */
export function languageOf(path: string): Language | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  const extension = name.slice(name.lastIndexOf('.') + 1)
  if (/\.d\.[cm]?ts$/.test(name)) return script('dts', DECLARATIONS)
  return name.includes('.') ? LANGUAGES.get(extension) : undefined
}

function script(name: string, dialect: Dialect): Language {
  return { name, kind: 'script', dialect }
}
