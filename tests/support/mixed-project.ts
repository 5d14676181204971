/** A project of some 150 packages in which every kind of evidence and every verdict occurs at least once. */
import { createHash } from 'node:crypto'
import type { FakePackage, FakeProject } from './project.ts'
import { ALLOW } from './scenario.ts'
import type { Scenario } from './scenario.ts'
import { generateTree } from './tree.ts'

/** Packages of the generated part. */
const GENERATED = 125

const TERMS = 'Do with it what you like.\n'
const REPOSITORY = 'git+https://git.example/from-git.git#0123456789012345678901234567890123456789'

/** What is asked of the registry in every run, because no cache may answer it: a missing version, another tarball. */
export const ALWAYS_ASKED = ['gone@1.0.0', 'swapped@1.0.0']

/** Packages that are not looked up by name; strangers have published theirs under the same names. */
export const NEVER_ASKED = ['carried@1.0.0', 'from-git@1.0.0']

/** The verdicts that do not follow from an allowed licence that both witnesses name. */
export const REMARKABLE: Record<string, string> = {
  'copyleft@1.2.3': 'violation',
  'dev-and-production@1.0.0': 'violation',
  'family@1.0.0': 'unknown',
  'gone@1.0.0': 'unknown',
  'legacy-list@1.0.0': 'unknown',
  'nameless@1.0.0': 'unknown',
  'other-platform-copyleft@1.0.0': 'violation',
  'proprietary@1.0.0': 'unknown',
  'see-file@1.0.0': 'unknown',
  'swapped@1.0.0': 'violation',
  'two-faced@1.0.0': 'violation',
  'carried@1.0.0': 'violation',
}

const PACKAGES: FakePackage[] = [
  { name: 'middle', version: '2.0.0', license: 'MIT', dependencies: { copyleft: '^1.2.0' } },
  { name: 'copyleft', version: '1.2.3', license: 'AGPL-3.0-only' },
  { name: 'proprietary', version: '1.0.0', license: 'UNLICENSED' },
  { name: 'in-house', version: '1.0.0', license: 'UNLICENSED' },
  {
    name: 'legacy-list',
    version: '1.0.0',
    manifest: { licenses: [{ type: 'MIT' }, { type: 'GPL-2.0-only' }] },
  },
  { name: 'legacy-one', version: '1.0.0', manifest: { licenses: [{ type: 'MIT' }] } },
  { name: 'nameless', version: '1.0.0' },
  { name: 'family', version: '1.0.0', license: 'BSD' },
  { name: 'see-file', version: '1.0.0', license: 'SEE LICENSE IN TERMS.md', files: { 'TERMS.md': TERMS } },
  { name: 'spelling', version: '1.0.0', license: 'Apache 2.0' },
  { name: 'two-faced', version: '1.0.0', license: 'MIT' },
  { name: 'relicensed', version: '1.0.0', license: 'ISC' },
  { name: 'excused', version: '1.0.0', license: 'MPL-2.0' },
  { name: 'clarified', version: '1.0.0', license: 'see the file', files: { 'TERMS.md': TERMS } },
  {
    name: 'real-name',
    version: '3.1.0',
    license: 'MIT',
    location: 'node_modules/alias',
    lock: { name: 'real-name' },
  },
  {
    name: 'carrier',
    version: '1.0.0',
    license: 'MIT',
    dependencies: { carried: '^1.0.0' },
    manifest: { bundleDependencies: ['carried'] },
    lock: { bundleDependencies: ['carried'] },
  },
  {
    name: 'carried',
    version: '1.0.0',
    license: 'GPL-3.0-only',
    location: 'node_modules/carrier/node_modules/carried',
    lock: { inBundle: true },
  },
  {
    name: 'from-git',
    version: '1.0.0',
    license: 'MIT',
    lock: { resolved: REPOSITORY, integrity: undefined },
  },
  ...['other-platform', 'other-platform-copyleft'].map((name) => ({
    name,
    version: '1.0.0',
    license: name === 'other-platform' ? 'MIT' : 'AGPL-3.0-only',
    installed: false,
    lock: { optional: true, os: ['aix'] },
  })),
  {
    name: 'dev-tool',
    version: '1.0.0',
    license: 'CC-BY-4.0',
    dependencies: { 'dev-and-production': '^1.0.0' },
  },
  { name: 'dev-and-production', version: '1.0.0', license: 'CC-BY-4.0' },
  { name: 'gone', version: '1.0.0', license: 'MIT' },
  { name: 'swapped', version: '1.0.0', license: 'MIT' },
]

const IS_DEVELOPMENT = new Set(['dev-tool', 'gone', 'swapped'])
const IS_INDIRECT = new Set(['copyleft', 'carried', 'from-git', 'real-name'])

/** The project. */
export function mixedProject(): FakeProject & { policy: object } {
  const tree = generateTree(GENERATED)
  const direct = PACKAGES.filter(({ name, installed }) => installed !== false && !IS_INDIRECT.has(name))
  return {
    dependencies: {
      ...tree.dependencies,
      ...ranges(direct.filter(({ name }) => !IS_DEVELOPMENT.has(name))),
      alias: 'npm:real-name@^3.0.0',
      'from-git': REPOSITORY,
    },
    devDependencies: ranges(direct.filter(({ name }) => IS_DEVELOPMENT.has(name))),
    optionalDependencies: ranges(PACKAGES.filter(({ installed }) => installed === false)),
    packages: [...tree.packages, ...PACKAGES],
    policy: {
      licenses: {
        allow: ALLOW,
        scopes: { dev: { allow: ['CC-BY-4.0'] } },
        exceptions: [
          { package: 'excused@^1', allow: ['MPL-2.0'], reason: 'r', owner: 'o', expires: '2999-01-01' },
          { package: 'in-house', allow: ['UNLICENSED'], reason: 'r', owner: 'o', expires: '2999-01-01' },
        ],
        clarify: [
          {
            package: 'clarified@1.0.0',
            license: 'MIT',
            file: 'TERMS.md',
            sha256: createHash('sha256').update(TERMS).digest('hex'),
            reason: 'r',
          },
        ],
      },
    },
  }
}

/** Makes the registry disagree with what is installed, where the mixed project wants it to. */
export function disagree({ registry }: Scenario): void {
  const republish = (name: string, changes: Record<string, unknown>): void =>
    registry.publish(name, '1.0.0', { ...registry.manifestOf(name, '1.0.0'), ...changes })
  republish('two-faced', { license: 'AGPL-3.0-only' })
  republish('relicensed', { license: 'MIT' })
  republish('swapped', { dist: { integrity: `sha512-${Buffer.alloc(64, 7).toString('base64')}` } })
  republish('carried', { license: 'MIT' })
  republish('from-git', { license: 'MIT' })
  registry.behave({ type: 'status', status: 404, body: '{"error":"not found"}' }, { package: 'gone' })
}

function ranges(packages: FakePackage[]): Record<string, string> {
  return Object.fromEntries(packages.map(({ name, version }) => [name, `^${version}`]))
}
