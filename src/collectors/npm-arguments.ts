/** The command line and environment of `npm ls`: flags that undo whatever an .npmrc says, and nothing inherited. */

/** Own, empty places for whatever npm may write or read beside the project. */
export interface NpmPlaces {
  /** Real path of the project. */
  project: string
  /** An empty folder of our own. */
  scratch: string
}

/**
 * Arguments after npm's program. `--prefix` keeps npm from walking up to another root; `--workspaces=null` shows the
 * root and all workspaces unfiltered; user and global configuration are empty files, because the tree is none of theirs.
 */
export function npmLsArguments({ project, scratch }: NpmPlaces): string[] {
  return [
    'ls',
    '--all',
    '--json',
    `--prefix=${project}`,
    '--depth=Infinity',
    '--include=prod',
    '--include=dev',
    '--include=optional',
    '--include=peer',
    '--workspaces=null',
    '--location=project',
    '--install-strategy=hoisted',
    '--no-global',
    '--no-global-style',
    '--no-legacy-bundling',
    '--no-install-links',
    '--no-link',
    '--no-long',
    '--no-parseable',
    '--no-package-lock-only',
    '--no-usage',
    '--no-color',
    '--no-timing',
    '--no-update-notifier',
    '--no-dry-run',
    '--offline',
    '--loglevel=error',
    '--logs-max=0',
    `--logs-dir=${scratch}/logs`,
    `--cache=${scratch}/cache`,
    `--userconfig=${scratch}/user.npmrc`,
    `--globalconfig=${scratch}/global.npmrc`,
  ]
}

const DROPPED = new Set([
  'NODE_ENV',
  'NODE_OPTIONS',
  'NODE_PATH',
  'NODE_V8_COVERAGE',
  'INIT_CWD',
  'PREFIX',
  'DESTDIR',
])

/** The child's environment: ours without what steers npm or node from outside. */
export function npmEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^npm_/i.test(name) && !DROPPED.has(name.toUpperCase())),
  )
}
