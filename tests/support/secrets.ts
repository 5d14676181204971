/** Looks for a secret in bytes and files, as it is and in base64 at any alignment. */
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Every spelling of a secret to look for: itself, its halves, and what stands of it in base64 of any text around it. */
export function spellingsOf(secret: string): string[] {
  const half = Math.ceil(secret.length / 2)
  const plain = [secret, secret.slice(0, half), secret.slice(half)]
  return plain.flatMap((text) => base64Of(text).concat(text, encodeURIComponent(text), hexOf(text)))
}

/** The spellings found, as a list of `<where>: <what>`; the secret itself is not repeated. */
export function findSecret(where: string, bytes: string | Buffer, spellings: readonly string[]): string[] {
  const haystack = typeof bytes === 'string' ? Buffer.from(bytes) : bytes
  return spellings.flatMap((spelling, at) =>
    haystack.includes(spelling) ? [`${where}: spelling ${at}`] : [],
  )
}

/** Every file below a folder, hidden ones too, without those that `leaveOut` says are meant to hold the secret. */
export function filesBelow(
  folder: string,
  leaveOut: (path: string) => boolean = () => false,
): { path: string; bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !leaveOut(relative(folder, file)))
    .map((file) => ({ path: relative(folder, file), bytes: readFileSync(file) }))
}

/** Three bytes become four characters, so a text inside a longer one has three possible spellings; edges depend on it. */
function base64Of(text: string): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const inside = Buffer.from(`${'.'.repeat(shift)}${text}`)
    const whole = inside.subarray(0, inside.length - (inside.length % 3)).toString('base64')
    const stable = shift === 0 ? whole : whole.slice(4)
    return [stable, stable.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

function hexOf(text: string): string {
  return Buffer.from(text).toString('hex')
}
