/** The projects that are measured: installed from the lockfiles of the corpus, or generated. Made once, kept for the next time. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { writeTree } from './write-tree.mjs'

const POLICY = {
  extends: 'depgate:permissive',
  licenses: { scopes: { dev: { allow: ['group:weak-copyleft', 'group:content'] } } },
}

/**
 * Installs a project of the corpus with `npm ci --ignore-scripts`.
 * @param {string} home folder of all trees
 * @param {string} corpus folder with the corpus
 * @param {string} name
 */
export function corpusTree(home, corpus, name) {
  const folder = join(home, name)
  if (isThere(folder)) return folder
  const source = resolve(corpus, name)
  if (!existsSync(join(source, 'package-lock.json'))) throw new Error(`${corpus} has no project ${name}`)
  mkdirSync(folder, { recursive: true })
  for (const file of ['package.json', 'package-lock.json'])
    copyFileSync(join(source, file), join(folder, file))
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'ignore',
  })
  return withPolicy(folder)
}

/**
 * Generates a project.
 * @param {string} home folder of all trees
 * @param {number} count
 * @param {keyof import('./tree-shapes.mjs').SHAPES} [shape]
 */
export function generatedTree(home, count, shape = 'mixed') {
  const folder = join(home, `${String(shape)}-${count}`)
  if (isThere(folder)) return folder
  rmSync(folder, { recursive: true, force: true })
  writeTree(folder, { count, shape })
  return withPolicy(folder)
}

/**
 * How many packages a project's lockfile holds.
 * @param {string} folder
 */
export function packagesIn(folder) {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))
  return Object.keys(packages).filter((location) => location.includes('node_modules/')).length
}

/**
 * The names of its packages.
 * @param {string} folder
 */
export function packageNamesIn(folder) {
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'))
  const names = Object.keys(packages).map((location) => location.split('node_modules/').at(-1) ?? '')
  return [...new Set(names)].filter((name) => name !== '')
}

/** The policy is written last, so that it stands for a tree that is whole. */
function withPolicy(folder) {
  writeFileSync(join(folder, 'depgate.config.json'), `${JSON.stringify(POLICY, undefined, 2)}\n`)
  return folder
}

function isThere(folder) {
  return existsSync(join(folder, 'depgate.config.json'))
}
