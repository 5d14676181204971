/**
 * Holds depgate's graph of imports against dependency-cruiser's: node scripts/compare-edges.mjs [--cruiser <folder>] <project> …
 *
 * Both are asked about the same files: those that depgate scans (from dist, so build first). Each import that one of them
 * sees and the other does not, or that leads elsewhere, is printed with its place, and so is each circle that only one of
 * them sees. dependency-cruiser is installed at a fixed version, with a TypeScript that it can use, unless the folder
 * that holds its node_modules is given.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { components } from '../dist/import-graph/components.js'
import { isFollowedAtOnce } from '../dist/import-graph/edges.js'
import { scanProject } from '../dist/scan-project.js'

const CRUISER = ['dependency-cruiser@17.4.3', 'typescript@5.9.3']
const MAX_OUTPUT = 1 << 30
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { cruiser: { type: 'string' } },
})
const work = mkdtempSync(join(tmpdir(), 'depgate-edges-'))
try {
  const home = values.cruiser === undefined ? installCruiser() : resolve(values.cruiser)
  for (const project of positionals) await compare(resolve(project), home)
} finally {
  rmSync(work, { recursive: true, force: true })
}

function installCruiser() {
  writeFileSync(join(work, 'package.json'), '{ "private": true }\n')
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund']
  execFileSync('npm', ['install', ...quiet, '--save-exact', ...CRUISER], { cwd: work, stdio: 'ignore' })
  return work
}

/** Prints how the two differ over one project. */
async function compare(project, home) {
  const scanned = await scanProject({ project, deadline: '10m', cacheDirectory: false })
  if (scanned.kind !== 'scan') throw new Error(scanned.message)
  const { files } = scanned.scan.graph
  // What is an expression only depgate lists.
  const ours = new Map(
    files.map(({ path, imports }) => [
      path,
      imports.filter(({ specifier }) => specifier !== null).map(edgeOf),
    ]),
  )
  const unread = files.filter(({ problem }) => problem !== undefined).length
  const theirs = cruise(project, home, [...ours.keys()])
  console.log(`\n${basename(project)}: ${files.length} files, ${unread} of them unread by depgate`)
  const counts = { both: 0, elsewhere: 0, onlyOurs: new Map(), onlyTheirs: new Map() }
  for (const [path, edges] of ours) compareFile(path, edges, theirs.get(path) ?? [], counts)
  console.log(`imports seen by both: ${counts.both}, of these ${counts.elsewhere} lead elsewhere`)
  console.log(`only depgate: ${sumOf(counts.onlyOurs)}`)
  console.log(`only dependency-cruiser: ${sumOf(counts.onlyTheirs)}`)
  compareCircles('all imports', ours, theirs, () => true)
  compareCircles('imports that are followed at once', ours, theirs, ({ isAtOnce }) => isAtOnce)
}

/** Each specifier of a file once, with all that it leads to there. */
function compareFile(path, ours, theirs, counts) {
  const [own, their] = [ours, theirs].map((edges) => bySpecifier(edges))
  for (const [specifier, edges] of own) {
    const others = their.get(specifier)
    const [{ place, form }] = edges
    if (others === undefined) {
      count(counts.onlyOurs, form)
      console.log(`${path}:${place} ${specifier} (${form}): only depgate`)
      continue
    }
    counts.both++
    const [here, there] = [edges, others].map((all) => [...new Set(all.map(({ to }) => to))].toSorted())
    if (here.some((to) => there.includes(to))) continue
    counts.elsewhere++
    console.log(
      `${path}:${place} ${specifier}: ${here.join(', ')} by depgate, ${there.join(', ')} by the other`,
    )
  }
  for (const [specifier, [{ form, to }]] of their) {
    if (own.has(specifier)) continue
    count(counts.onlyTheirs, form)
    console.log(`${path} ${specifier} (${form}, ${to}): only dependency-cruiser`)
  }
}

function bySpecifier(edges) {
  const groups = new Map()
  for (const edge of edges) groups.set(edge.specifier, [...(groups.get(edge.specifier) ?? []), edge])
  return groups
}

function missing(all, others) {
  return all.filter((knot) => !others.includes(knot))
}

/** Groups of files that import each other in circles, by components: what hangs together for one has to for the other. */
function compareCircles(which, ours, theirs, isWanted) {
  const [own, their] = [ours, theirs].map((graph) => knotsIn(graph, isWanted))
  const both = own.length - missing(own, their).length
  console.log(`groups of files in circles, by ${which}: ${own.length} and ${their.length}, ${both} the same`)
  for (const knot of missing(own, their)) console.log(`only depgate: ${knot}`)
  for (const knot of missing(their, own)) console.log(`only dependency-cruiser: ${knot}`)
}

function knotsIn(graph, isWanted) {
  const next = new Map(
    [...graph].map(([path, edges]) => [
      path,
      edges.filter((edge) => graph.has(edge.to) && isWanted(edge)).map(({ to }) => to),
    ]),
  )
  return components(next.keys(), (path) => next.get(path) ?? [])
    .filter(([first, ...others]) => others.length > 0 || next.get(first)?.includes(first))
    .map((members) => members.toSorted().join(' '))
}

function edgeOf(site) {
  const { specifier, form, target, line, column } = site
  return {
    specifier: specifier.replace(/^node:/, ''),
    form,
    to: targetText(target),
    place: `${line}:${column}`,
    isAtOnce: isFollowedAtOnce(site),
  }
}

function targetText(target) {
  if (target.kind === 'file') return target.path
  if (target.kind === 'workspace') return target.path ?? target.name
  if (target.kind === 'package') return target.name.replace(/^@types\//, '')
  return target.kind === 'builtin' ? `node:${target.name}` : 'nowhere'
}

/** The imports of these files as dependency-cruiser sees them, types and all. */
function cruise(project, home, paths) {
  const config = join(work, 'cruiser.json')
  writeFileSync(
    config,
    JSON.stringify({
      options: {
        doNotFollow: { path: 'node_modules' },
        tsPreCompilationDeps: true,
        ...(existsSync(join(project, 'tsconfig.json')) && { tsConfig: { fileName: 'tsconfig.json' } }),
        enhancedResolveOptions: {
          exportsFields: ['exports'],
          conditionNames: ['depgate-source', 'import', 'require', 'node', 'default', 'types'],
        },
      },
    }),
  )
  const bin = join(home, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const text = execFileSync(process.execPath, [bin, '--config', config, '--output-type', 'json', ...paths], {
    cwd: project,
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT,
  })
  const { modules } = JSON.parse(text)
  return new Map(
    modules.map(({ source, dependencies }) => [source, dependencies.map((each) => theirEdge(each, source))]),
  )
}

function theirEdge(dependency, source) {
  const { module, resolved, coreModule, couldNotResolve, dependencyTypes, dynamic } = dependency
  const [, name] = /(?:^|\/)node_modules\/(?:@types\/)?((?:@[^/]+\/)?[^/]+)/.exec(resolved) ?? []
  const isType =
    /\.d\.[cm]?ts$/.test(source) ||
    dependencyTypes.some((type) => /^(?:type-only|type-import|triple-slash)/.test(type))
  return {
    specifier: module.replace(/^node:/, ''),
    form: dependencyTypes.join(' '),
    to: coreModule
      ? `node:${resolved.replace(/^node:/, '')}`
      : couldNotResolve
        ? 'nowhere'
        : (name ?? resolved),
    isAtOnce: !isType && !dynamic,
  }
}

function count(counts, form) {
  counts.set(form, (counts.get(form) ?? 0) + 1)
}

function sumOf(counts) {
  const total = [...counts.values()].reduce((sum, each) => sum + each, 0)
  const forms = [...counts].map(([form, each]) => `${each} ${form}`)
  return forms.length === 0 ? '0' : `${total} (${forms.toSorted().join(', ')})`
}
