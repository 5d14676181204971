/** Finds npm's own program, outside the project: nothing a project brings along may answer for npm. */
import { realpathSync } from 'node:fs'
import { basename, delimiter, dirname, isAbsolute, join, sep } from 'node:path'
import type { Outcome } from '#model/outcome'
import { fail, ok } from '#model/outcome'

/** Where to look. `execPath` is node's own binary. */
export interface NpmSearch {
  project: string
  env: NodeJS.ProcessEnv
  execPath: string
}

const CLI = 'npm-cli.js'

/** Real path of npm's cli.js, to be run by node itself. Fails with `npm-not-found`. */
export function findNpm({ project, env, execPath }: NpmSearch): Outcome<string> {
  const root = realPath(project) ?? project
  const bin = dirname(realPath(execPath) ?? execPath)
  const besideNode = [dirname(execPath), bin].flatMap(cliNear)
  const onPath = (env['PATH'] ?? env['Path'] ?? '')
    .split(delimiter)
    .flatMap((folder) => (isAbsolute(folder) ? cliNear(folder).concat(join(folder, 'npm')) : []))
  for (const candidate of [env['npm_execpath'], ...besideNode, ...onPath]) {
    const path = candidate && isAbsolute(candidate) ? realPath(candidate) : undefined
    if (path !== undefined && basename(path) === CLI && !path.startsWith(root + sep)) return ok(path)
  }
  return fail('npm-not-found', 'npm was not found beside node or on the PATH.', {
    fix: 'Install npm together with Node.js; an npm inside the project is never run.',
  })
}

/** Places of npm relative to a folder of programs: the usual one, that of Windows, that of Debian. */
function cliNear(folder: string): string[] {
  return [
    join(folder, '..', 'lib', 'node_modules', 'npm', 'bin', CLI),
    join(folder, 'node_modules', 'npm', 'bin', CLI),
    join(folder, '..', 'share', 'nodejs', 'npm', 'bin', CLI),
  ]
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    return undefined
  }
}
