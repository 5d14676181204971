/** Projects of TypeScript sources that people wrote: taken out of the tarballs of public packages, at pinned versions. */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Packages that ship their sources, with how many of them are taken: 4,000 and more between them. */
const PACKAGES = {
  viem: '2.57.20',
  ox: '1.8.3',
  effect: '4.1.0',
  zod: '4.6.7',
  rxjs: '7.8.2',
  ajv: '8.20.0',
  '@effect/platform': '0.97.2',
  '@tanstack/router-core': '1.171.39',
  '@tanstack/query-core': '5.108.0',
}

/**
 * A project with so many source files below `src`, one folder a package; made once. From the second time on that a
 * package is taken its files end with a comment, so that no two of them have one content.
 * @param {string} home folder of all trees
 * @param {number} count
 */
export function sourceTree(home, count) {
  const folder = join(home, `sources-${count}`)
  if (existsSync(join(folder, 'package.json'))) return folder
  const installed = installSources(home)
  let left = count
  for (let round = 0; left > 0; round += 1) {
    for (const name of Object.keys(PACKAGES)) {
      for (const path of sourcesBelow(join(installed, 'node_modules', name))) {
        if (left === 0) break
        left -= 1
        const target = join(folder, 'src', `${name.replace('/', '-')}-${round}`, path)
        mkdirSync(dirname(target), { recursive: true })
        const text = readFileSync(join(installed, 'node_modules', name, path), 'utf8')
        writeFileSync(target, round === 0 ? text : `${text}\n// ${round}\n`)
      }
    }
  }
  cpSync(join(installed, 'node_modules'), join(folder, 'node_modules'), { recursive: true })
  writeFileSync(
    join(folder, 'tsconfig.json'),
    '{ "compilerOptions": { "module": "nodenext", "moduleResolution": "nodenext", "allowImportingTsExtensions": true } }\n',
  )
  writeFileSync(
    join(folder, 'knip.json'),
    '{ "entry": ["src/**/*.ts"], "project": ["src/**/*.ts"], "include": ["dependencies", "unlisted"] }\n',
  )
  writeFileSync(join(folder, '.dependency-cruiser.json'), CRUISER)
  // Last, so that it stands for a tree that is whole.
  const manifest = { name: 'sources', private: true, type: 'module', dependencies: PACKAGES }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
  return folder
}

/** What depgate's rules `import-undeclared` and `import-cycle` ask. */
const CRUISER = `${JSON.stringify(
  {
    forbidden: [
      { name: 'no-circular', severity: 'warn', from: {}, to: { circular: true } },
      {
        name: 'not-declared',
        severity: 'warn',
        from: {},
        to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
      },
    ],
    options: {
      doNotFollow: { path: 'node_modules' },
      tsPreCompilationDeps: true,
      tsConfig: { fileName: 'tsconfig.json' },
    },
  },
  undefined,
  2,
)}\n`

/** @param {string} home */
function installSources(home) {
  const folder = join(home, 'sources')
  mkdirSync(folder, { recursive: true })
  if (Object.keys(PACKAGES).every((name) => existsSync(join(folder, 'node_modules', name)))) return folder
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  const specs = Object.entries(PACKAGES).map(([name, version]) => `${name}@${version}`)
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps', '--save-exact']
  execFileSync('npm', ['install', ...flags, ...specs], { cwd: folder, stdio: 'ignore' })
  return folder
}

/**
 * Paths of a package's own sources, sorted.
 * @param {string} folder
 * @returns {string[]}
 */
function sourcesBelow(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.[cm]?tsx?$/.test(path) && !/\.d\.[cm]?ts$/.test(path))
    .filter((path) => !path.includes('node_modules'))
    .toSorted()
}
