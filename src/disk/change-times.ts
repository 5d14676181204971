/** Tells by change times that nothing has changed: the kernel sets them at every change, and nobody can set them back. */
import { createHash } from 'node:crypto'
import { lstatSync, readFileSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { look } from './look-again.ts'
import { pathOf, readLook } from './look.ts'
import type { Look, LookType, Seen } from './look.ts'

/** Where change times may be believed. */
export interface TimesGround {
  /** The device on which they are kept as they should be; what lies on others is read. */
  device: number
  /** Names the time since the kernel started: an image that is started again may have the times of another one. */
  boot: string
}

/** What was looked at; see `Looks`. */
export interface LookedAtPlaces {
  /** Absolute path of the folder that relative paths lie in. */
  root: string
  looks: readonly Look[]
}

/**
 * Digest of the identity and the change time of everything that was looked at, or of what is seen there where times do
 * not tell: it stays the same if and only if all looks would see the same. Undefined for what are no looks, where
 * something may have changed at or after `before` (epoch milliseconds), and when `goOn`, asked now and then, says no.
 */
export function changeTimes(
  places: readonly LookedAtPlaces[],
  { device, boot }: TimesGround,
  before: number,
  goOn: () => boolean,
): string | undefined {
  const digest = openDigest(boot)
  for (const { root, looks } of places) {
    for (const [index, spelt] of looks.entries()) {
      if (index % ASK_EVERY === 0 && !goOn()) return undefined
      const parts = readLook(spelt)
      if (parts === undefined) return undefined
      const path = pathOf(parts, root)
      const stats = TOLD_BY_TIMES.has(parts.type) ? statsAt(path) : undefined
      if (stats?.dev !== device || !isPlain(stats, parts.type)) digest.seen(look(root, parts))
      else if (stats.ctimeMs >= before) return undefined
      else digest.stats(stats)
    }
  }
  return digest.end()
}

/** Names the time since the kernel started; undefined where it cannot be known, as outside of Linux. */
export function bootId(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() || undefined
  } catch {
    return undefined
  }
}

const ASK_EVERY = 256

/** All but the kind of what stands at a path, which costs as much to ask for, and its real path. */
const TOLD_BY_TIMES: ReadonlySet<LookType> = new Set<LookType>(['f', 'F', 'b', 's', 'l', 'a', 'p', 'd'])

/** What a look looked at itself: behind a link, something else may have changed. */
function isPlain(stats: Stats, type: LookType): boolean {
  return 'fFbs'.includes(type) ? stats.isFile() : stats.isDirectory()
}

function statsAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}

interface Digest {
  stats(stats: Stats): void
  seen(seen: Seen): void
  end(): string
}

/** Numbers a look: what kind of entry it is, and five more; what was seen follows behind its length. */
const NUMBERS = 6
const LOOKS_AT_ONCE = 1024

function openDigest(boot: string): Digest {
  const hash = createHash('sha256').update(`${boot}\n`)
  const numbers = new Float64Array(LOOKS_AT_ONCE * NUMBERS)
  let filled = 0

  function flush(): void {
    hash.update(new Uint8Array(numbers.buffer, 0, filled * Float64Array.BYTES_PER_ELEMENT))
    filled = 0
  }

  function add(...entry: [kind: number, number, number, number, number, number]): void {
    if (filled === numbers.length) flush()
    numbers.set(entry, filled)
    filled += NUMBERS
  }

  return {
    stats: ({ dev, ino, mode, size, ctimeMs }) => add(0, dev, ino, mode, size, ctimeMs),
    seen({ type, content }) {
      add(1, content.length, type.length, type.charCodeAt(0), 0, 0)
      flush()
      hash.update(content)
    },
    end() {
      flush()
      return hash.digest('hex')
    },
  }
}
