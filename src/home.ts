/** Where the user's home folder is, by the environment that a run was given. */
import { homedir } from 'node:os'

/** `HOME`, else `USERPROFILE`, else what the system says. */
export function homeOf(env: Readonly<Record<string, string | undefined>>): string {
  return env['HOME'] ?? env['USERPROFILE'] ?? homedir()
}
