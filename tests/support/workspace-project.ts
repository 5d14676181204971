/** A project of four workspaces with a planted mistake for each rule about imports. */
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { FakePackage, FakeProject } from './project.ts'

interface Own {
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  more?: Record<string, unknown>
}

const OWN: Record<string, Own> = {
  api: {
    dependencies: { router: '^1.0.0', stale: '^1.0.0', tester: '^1.0.0', '@acme/core': '*' },
    more: { exports: './src/index.ts' },
  },
  core: { dependencies: { maths: '^1.0.0' }, more: { exports: './src/index.ts' } },
  // An application: it has no entries, and everything that is no test ships.
  web: {
    dependencies: { '@acme/core': '*', shapes: '^1.0.0', charts: '^1.0.0' },
    devDependencies: { spinner: '^1.0.0' },
  },
  tool: { dependencies: { args: '^1.0.0' }, more: { bin: { tool: './src/main.ts' } } },
}

const NAMES = [
  'args',
  'charts',
  'maths',
  'phantom',
  'router',
  'shapes',
  'shared',
  'spinner',
  'stale',
  'tester',
]

const PACKAGES: FakePackage[] = [
  ...NAMES.map((name): FakePackage => ({ name, version: '1.2.0', license: 'MIT' })),
  { name: 'router', version: '1.2.0', license: 'MIT', dependencies: { phantom: '^1.0.0' } },
  // Charts brings along what only tests may have.
  { name: 'charts', version: '1.2.0', license: 'MIT', dependencies: { copyleft: '^1.0.0' } },
  { name: 'copyleft', version: '1.0.0', license: 'GPL-3.0-only' },
  { name: 'suite', version: '1.0.0', license: 'GPL-3.0-only', dependencies: { helper: '^1.0.0' } },
  { name: 'helper', version: '1.0.0', license: 'GPL-3.0-only' },
].filter((entry, at, all) => all.findLastIndex(({ name }) => name === entry.name) === at)

const FILES: Record<string, string> = {
  'packages/core/src/index.ts':
    "import { add } from 'maths'\nexport * from './left.ts'\nexport const two = add(1, 1)\n",
  // import-cycle
  'packages/core/src/left.ts': "import { right } from './right.ts'\nexport const left = () => right\n",
  'packages/core/src/right.ts': "import { left } from './left.ts'\nexport const right = () => left\n",
  // import-banned, layer-breached
  'packages/core/src/clock.ts':
    "import { readFileSync } from 'node:fs'\n\nimport { colour } from './paint/colour.ts'\nexport const now = () => [readFileSync, colour]\n",
  'packages/core/src/paint/colour.ts': "export const colour = 'red'\n",
  'packages/core/test/core.test.ts':
    "import { suite } from 'suite'\nimport { two } from '../src/index.ts'\nsuite(two)\n",
  // import-undeclared
  'packages/api/src/index.ts':
    "import { route } from 'router'\nimport type { Odd } from 'phantom'\nimport { two } from '@acme/core'\nexport const api = (odd: Odd) => route(two, odd)\n",
  // production-could-be-dev, import-unresolved
  'packages/api/test/api.test.ts':
    "import tester from 'tester'\nimport './mising.ts'\nimport { api } from '../src/index.ts'\ntester(api)\n",
  // dev-in-production, type-only-in-production, dependency-misplaced, license-by-use
  'packages/web/src/main.ts':
    "import { spin } from 'spinner'\nimport type { Shape } from 'shapes'\nimport { shared } from 'shared'\nimport { chart } from 'charts'\nimport { two } from '@acme/core'\nexport const main = (shape: Shape) => spin(shape, shared, chart, two)\n",
  // import-unreadable
  'packages/web/test/broken.test.ts': 'export const = 1\n',
  'packages/tool/src/main.ts':
    "import { args } from 'args'\nimport { join } from 'node:path'\nconsole.log(args, join)\n",
}

function manifest(name: string): Record<string, unknown> {
  const { more, ...kinds } = OWN[name] ?? {}
  return { name: `@acme/${name}`, version: '1.0.0', ...more, ...kinds }
}

/** Lockfile entries of the workspaces, as npm writes them. */
const LINKED: FakePackage[] = Object.keys(OWN).flatMap((name): FakePackage[] => [
  {
    name: `@acme/${name}`,
    version: '1.0.0',
    location: `packages/${name}`,
    manifest: manifest(name),
    lock: { ...OWN[name], more: undefined, integrity: undefined, name: `@acme/${name}` },
  },
  {
    name: `@acme/${name}`,
    version: '1.0.0',
    installed: false,
    lock: { resolved: `packages/${name}`, link: true, version: undefined, integrity: undefined },
  },
])

/** The project; {@link linkWorkspaces} has to be called once it is built. */
export const WORKSPACES: FakeProject = {
  manifest: { private: true, workspaces: ['packages/*'] },
  devDependencies: { suite: '^1.0.0', shared: '^1.0.0' },
  packages: [...PACKAGES, ...LINKED],
  files: FILES,
  policy: {
    licenses: { allow: ['MIT'], scopes: { notShipped: { allow: ['GPL-3.0-only'] } } },
    packages: { licenseText: 'off' },
    imports: {
      cycles: 'deny',
      layers: { core: { files: ['packages/core/src/*'], imports: [] } },
      ban: [{ import: 'node:fs', in: ['packages/core/**'], reason: 'core does not know where data lies' }],
    },
  },
}

/** Every finding of it: severity, rule, place. */
export const FOUND: string[] = [
  'deny dev-in-production packages/web/src/main.ts:1',
  'deny import-banned packages/core/src/clock.ts:1',
  'deny import-cycle packages/core/src/left.ts:1',
  'deny import-undeclared packages/api/src/index.ts:2',
  'deny import-unreadable packages/web/test/broken.test.ts:1',
  'deny layer-breached packages/core/src/clock.ts:3',
  'deny license-by-use packages/web/src/main.ts:4',
  'warn dependency-misplaced packages/web/src/main.ts:3',
  'warn dependency-unused packages/api/package.json:7',
  'warn import-unresolved packages/api/test/api.test.ts:2',
  'warn production-could-be-dev packages/api/package.json:8',
  'warn type-only-in-production packages/web/package.json:6',
]

/** Links the workspaces into node_modules, as npm does. */
export function linkWorkspaces(folder: string): void {
  mkdirSync(join(folder, 'node_modules/@acme'), { recursive: true })
  for (const name of Object.keys(OWN))
    symlinkSync(`../../packages/${name}`, join(folder, 'node_modules/@acme', name))
}
