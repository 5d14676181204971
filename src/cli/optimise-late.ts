/** Tells V8 to optimise only what runs for long: of a run of a few seconds, compiling takes more than it gives back. */
import { setFlagsFromString } from 'node:v8'

/**
 * The flags by the major version of V8, each some fifteen to twenty times its own: a function that keeps a core busy for a
 * tenth of a second is still optimised. V8 complains on stderr of flags that it does not know, so others are left alone.
 */
const FLAGS: ReadonlyMap<string, readonly string[]> = new Map([
  ['11', ['--interrupt-budget=1000000']],
  ['13', ['--invocation-count-for-maglev=8000', '--invocation-count-for-turbofan=60000']],
])

/** For the whole process and its threads; only for whoever the process belongs to. */
export function optimiseLate(): void {
  const [major = ''] = process.versions.v8.split('.')
  for (const flag of FLAGS.get(major) ?? []) setFlagsFromString(flag)
}
