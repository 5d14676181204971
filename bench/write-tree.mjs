/** Writes a generated tree to disk as `npm ci` would have left it: manifests, licences, both lockfiles. */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { SHAPES } from './tree-shapes.mjs'

/** The text of the MIT licence, as this project's own file has it. */
const MIT = readFileSync(resolve(import.meta.dirname, '../LICENSE'), 'utf8')

/**
 * @param {string} folder
 * @param {{ count: number, shape: keyof SHAPES }} wanted
 */
export function writeTree(folder, { count, shape }) {
  const tree = SHAPES[shape](count)
  const members = tree.workspaces.map(({ location }) => location)
  const root = {
    name: 'app',
    version: '1.0.0',
    ...(members.length > 0 && { workspaces: members }),
    dependencies: tree.dependencies,
  }
  write(folder, 'package.json', root)
  /** @type {Record<string, unknown>} */
  const entries = {}
  for (const { name, location, dependencies } of tree.workspaces) {
    const manifest = { name, version: '1.0.0', license: 'MIT', dependencies }
    write(folder, `${location}/package.json`, manifest)
    entries[location] = { name, version: '1.0.0', license: 'MIT', dependencies }
    entries[`node_modules/${name}`] = { resolved: location, link: true }
  }
  for (const { name, version, location, dependencies } of tree.packages) {
    const needs = dependencies && { dependencies }
    write(folder, `${location}/package.json`, {
      name,
      version,
      description: `a generated package, one of ${count}`,
      keywords: ['generated', 'bench', name],
      main: 'index.js',
      license: 'MIT',
      author: `Author of ${name}`,
      scripts: { test: 'node --test', build: 'node build.js', lint: 'node lint.js' },
      ...needs,
    })
    write(folder, `${location}/LICENSE`, licenceOf(name))
    write(folder, `${location}/index.js`, `export const name = ${JSON.stringify(name)}\n`)
    entries[location] = { version, integrity: integrityOf(name, version), license: 'MIT', ...needs }
  }
  linkWorkspaces(folder, tree.workspaces)
  const lock = { name: 'app', version: '1.0.0', lockfileVersion: 3, requires: true }
  const sorted = Object.fromEntries(Object.entries(entries).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  write(folder, 'package-lock.json', { ...lock, packages: { '': root, ...sorted } })
  // npm believes the hidden lockfile only if nothing beside it is newer.
  write(folder, 'node_modules/.package-lock.json', { ...lock, packages: sorted })
}

/**
 * The integrity that stands for a generated package's tarball.
 * @param {string} name
 * @param {string} version
 */
export function integrityOf(name, version) {
  return `sha512-${createHash('sha512').update(`${name}@${version}`).digest('base64')}`
}

/**
 * @param {string} folder
 * @param {{ name: string, location: string }[]} workspaces
 */
function linkWorkspaces(folder, workspaces) {
  for (const { name, location } of workspaces) {
    const link = join(folder, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(relative(dirname(link), join(folder, location)), link)
  }
}

/** @param {string} name */
function licenceOf(name) {
  return MIT.replace(/^Copyright.*$/m, `Copyright (c) 2019 The contributors of ${name}`)
}

/**
 * @param {string} folder
 * @param {string} path
 * @param {unknown} content text, or what to write as JSON
 */
function write(folder, path, content) {
  const target = join(folder, path)
  const text = typeof content === 'string' ? content : `${JSON.stringify(content, undefined, 2)}\n`
  try {
    writeFileSync(target, text)
  } catch {
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, text)
  }
}
