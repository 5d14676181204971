/** What the law of imports says: which folder may import which, and which files may have which effects. */
import type { Layers } from 'depgate/vitest'

/** The stages that make a run. */
const STAGES = [
  'model',
  'disk',
  'git',
  'snapshot',
  'config',
  'collectors',
  'registry',
  'cache',
  'tarball',
  'license',
  'policy',
  'forecast',
  'advisories',
  'history',
  'owners',
  'imports',
  'import-graph',
]

/** What each folder may import besides itself; `root` stands for the files directly in src. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  disk: [],
  git: ['model', 'disk'],
  config: ['model', 'disk', 'license', 'data/**'],
  collectors: ['model', 'disk'],
  cache: [],
  tarball: ['disk'],
  registry: ['model', 'disk', 'cache'],
  license: ['model', 'data/**'],
  policy: ['model', 'import-graph', 'license'],
  forecast: ['model', 'policy'],
  advisories: ['model', 'disk', 'cache'],
  snapshot: ['model', 'disk', 'cache'],
  history: ['model', 'cache'],
  owners: ['model'],
  'import-graph': ['model'],
  imports: ['model', 'disk', 'cache', 'config', 'collectors', 'import-graph'],
  metrics: ['model'],
  adopt: ['model', 'disk', 'config', 'license', 'policy'],
  reporters: ['model'],
  notify: ['model', 'registry', 'reporters'],
  run: [...STAGES, 'metrics', 'notify', 'root'],
  vitest: ['model', 'import-graph', 'license', 'policy', 'reporters', 'root'],
  cli: [
    ...STAGES.filter((stage) => stage !== 'snapshot' && stage !== 'registry'),
    'adopt',
    'metrics',
    'reporters',
    'root',
    'run',
  ],
  root: [...STAGES, 'metrics', 'run'],
}

/** Folders whose every function is decided by its arguments alone. */
export const PURE = ['model', 'import-graph', 'license', 'policy', 'forecast', 'owners', 'reporters']

/** The folders as layers. Whatever has effects may tell of them. */
export const LAYERS: Layers = Object.fromEntries(
  Object.entries(MAY_IMPORT).map(([folder, others]) => [
    folder,
    {
      files: [folder === 'root' ? 'src/*.ts' : `src/${folder}/**`],
      imports: [...others, ...(PURE.includes(folder) ? [] : ['src/trace.ts'])],
    },
  ]),
)

/** Modules that reach out of the program, and the only files below src that may use them. */
export const EFFECTS: readonly { modules: string[]; files: string[] }[] = [
  {
    modules: ['node:fs'],
    files: [
      'advisories/osv-dump.ts',
      'advisories/osv-zip.ts',
      'cache/cacache-layout.ts',
      'cache/cacache-read.ts',
      'cache/disk-record.ts',
      'cache/disk-store.ts',
      'cache/folder-walk.ts',
      'cache/folder.ts',
      'cache/honest-device.ts',
      'cache/journal.ts',
      'cache/maintenance.ts',
      'cache/sealed-files.ts',
      'cache/secret.ts',
      'cli/rule-pages.ts',
      'cli/scratch-policy.ts',
      'cli/terminal.ts',
      'collectors/npm-program.ts',
      'collectors/npm-runner.ts',
      'config/write-policy.ts',
      'disk/change-times.ts',
      'disk/file-sum.ts',
      'disk/folder-entries.ts',
      'disk/look-again.ts',
      'disk/safe-read.ts',
      'git/git-program.ts',
      'git/work-tree.ts',
      'history/history-folder.ts',
      'license/text/index-file.ts',
      'metrics/cpu-profile.ts',
      'registry/npmrc.ts',
      'run.ts',
      'run/named-base.ts',
      'run/judge-change.ts',
      'vitest/scan-file.ts',
    ],
  },
  {
    modules: ['node:child_process'],
    files: ['collectors/npm-runner.ts', 'git/git.ts', 'imports/parse-lane.ts'],
  },
  {
    modules: [
      'node:net',
      'node:tls',
      'node:http',
      'node:https',
      'node:http2',
      'node:dgram',
      'node:dns',
      'undici',
    ],
    files: [
      'cache/redis-connection.ts',
      'notify/http.ts',
      'registry/dispatcher.ts',
      'registry/exchange.ts',
      'registry/lookup.ts',
      'registry/undici-agent.d.ts',
    ],
  },
  { modules: ['node:diagnostics_channel'], files: ['metrics/pool.ts', 'trace.ts'] },
  { modules: ['node:inspector'], files: ['metrics/cpu-profile.ts'] },
  {
    modules: ['node:worker_threads'],
    files: [
      'run/fetch-worker.ts',
      'run/recognition.ts',
      'run/supervise.ts',
      'run/text-thread.ts',
      'run/worker.ts',
    ],
  },
]
