/** Runs other tools in a project, each by its command in the folder where they are installed. */
import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Gives a function that runs a command; exit codes 0 and 1 are answers. Writes into `answer`: some exit before a pipe has taken all. */
export function peerRunner({ home, project, answer }) {
  return (command, args) => {
    const out = openSync(answer, 'w')
    const { status, stderr } = spawnSync(join(home, 'node_modules/.bin', command), args, {
      cwd: project,
      encoding: 'utf8',
      stdio: ['ignore', out, 'pipe'],
    })
    closeSync(out)
    if (status !== 0 && status !== 1) throw new Error(`${command}: ${stderr}`)
    return { status, stdout: readFileSync(answer, 'utf8'), stderr }
  }
}
