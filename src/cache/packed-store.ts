/** Gathers small records into a few sealed ones: the manifests of a tree of any size lie in sixteen files, not thousands. */
import { decodePack, encodePack, packKey } from './pack.ts'
import type { Pack } from './pack.ts'
import type { CacheRecord, CacheStore } from './store.ts'

/** A pack larger than this forgets its oldest records. Sixteen of them hold some 200,000 manifests. */
const MAX_PACK_BYTES = 4 * 1024 * 1024
/** What is put is on disk after this many milliseconds, so that a killed run loses little. */
const WRITE_AFTER_MS = 500

/** A store that writes behind the caller's back until it is flushed. */
export interface PackedStore extends CacheStore {
  /** Resolves when everything put so far is in the store below, or was given up there. */
  flush(): Promise<void>
}

/** One pack as this process knows it. */
interface OpenPack {
  key: string
  records: Pack
  /** Put or deleted here since the last write: wins over what other processes have written meanwhile. */
  changed: Set<string>
}

/** Packs the records of a store; `now` is epoch milliseconds. */
export function createPackedStore(disk: CacheStore, now: () => number): PackedStore {
  const open = new Map<string, Promise<OpenPack>>()
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<unknown> = Promise.resolve()

  function packOf(key: string): Promise<OpenPack> {
    const name = packKey(key)
    let pack = open.get(name)
    if (pack === undefined) {
      pack = readPack(name).then((records) => ({ key: name, records, changed: new Set<string>() }))
      open.set(name, pack)
    }
    return pack
  }

  async function readPack(name: string): Promise<Pack> {
    const record = await disk.get(name)
    return record === undefined ? new Map() : decodePack(record.body)
  }

  async function change(key: string, record?: CacheRecord): Promise<void> {
    const pack = await packOf(key)
    if (record === undefined) pack.records.delete(key)
    else pack.records.set(key, record)
    pack.changed.add(key)
    timer ??= setTimeout(() => void write(), WRITE_AFTER_MS).unref()
  }

  /** One write after another: two of one pack at a time could end in the older one. */
  function write(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const written = writing.then(async () => {
      const packs = await Promise.all(open.values())
      await Promise.all(packs.filter((pack) => pack.changed.size > 0).map(writePack))
    })
    writing = written
    return written
  }

  /** Other processes may have written the pack since it was read: what they added is kept. */
  async function writePack(pack: OpenPack): Promise<void> {
    const theirs = await readPack(pack.key)
    for (const [key, record] of theirs) {
      const ours = pack.records.get(key)
      if (!pack.changed.has(key) && (ours === undefined || ours.storedAt < record.storedAt)) {
        pack.records.set(key, record)
      }
    }
    pack.changed.clear()
    await disk.put(pack.key, { body: encodePack(pack.records, MAX_PACK_BYTES), storedAt: now() })
  }

  return {
    tier: disk.tier,
    get: async (key) => (await packOf(key)).records.get(key),
    put: change,
    delete: (key) => change(key),
    async flush() {
      do await write()
      while (timer !== undefined)
    },
  }
}
