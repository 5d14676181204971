/** Takes a CPU profile of this thread and writes it as a `.cpuprofile`, which the tools of a browser open. */
import { writeFileSync } from 'node:fs'
import { Session } from 'node:inspector'
import type { Warning } from '#model/run-report'

/** Microseconds between two looks at the stack. */
const INTERVAL_US = 250

/** A profile that is being taken. */
export interface CpuProfile {
  /** Ends it and writes it to the file; gives a warning if that could not be done. */
  write(file: string): Promise<Warning | undefined>
  /** Ends it for good and forgets it. */
  drop(): void
}

/** Starts a profile of the calling thread. Never rejects: where there is no inspector, writing says so. */
export async function startCpuProfile(): Promise<CpuProfile> {
  const session = new Session()
  try {
    session.connect()
    await post(session, 'Profiler.enable')
    await post(session, 'Profiler.setSamplingInterval', { interval: INTERVAL_US })
    await post(session, 'Profiler.start')
  } catch (error) {
    const warning = notWritten(`this Node cannot take one (${reasonOf(error)})`)
    return { write: () => Promise.resolve(warning), drop: () => undefined }
  }
  return {
    async write(file) {
      try {
        const result = await post(session, 'Profiler.stop')
        session.disconnect()
        const profile = typeof result === 'object' && result !== null && 'profile' in result && result.profile
        writeFileSync(file, JSON.stringify(profile), { mode: 0o600 })
        return undefined
      } catch (error) {
        return notWritten(`it could not be written (${reasonOf(error)}); choose another place with --profile`)
      }
    },
    drop: () => session.disconnect(),
  }
}

function post(session: Session, method: string, params: object = {}): Promise<unknown> {
  return new Promise((resolve, reject) => {
    session.post(method, params, (error, result) => {
      if (error === null) resolve(result)
      else reject(error)
    })
  })
}

/** A code, because the message of a file system's error names a path of this machine. */
function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
}

function notWritten(why: string): Warning {
  return { code: 'profile-not-written', message: `There is no CPU profile: ${why}.` }
}
