/** Programs from outside that some tests need: on CI they have to be there, elsewhere their absence is told loudly. */
import { spawnSync } from 'node:child_process'

/** Whether a program runs; throws on CI if it does not. */
export function isInstalled(program: string, debianPackage: string): boolean {
  if (spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined) return true
  const message = `${program} is missing, so nothing is checked with it: apt-get install ${debianPackage}`
  if (process.env['CI'] === 'true') throw new Error(message)
  console.warn(`SKIPPED: ${message}`)
  return false
}
