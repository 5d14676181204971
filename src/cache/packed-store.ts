/** Gathers small records into a few sealed ones: the manifests of a tree of any size lie in sixteen files, not thousands. */
import pLimit from 'p-limit'
import type { Journal } from './journal.ts'
import { decodePack, encodePack, packKey } from './pack.ts'
import type { Pack } from './pack.ts'
import type { CacheRecord, CacheStore } from './store.ts'

/** A pack larger than this forgets its oldest records. Sixteen of them hold some 200,000 manifests. */
const MAX_PACK_BYTES = 4 * 1024 * 1024
/** Packs written side by side: each is in memory thrice while it is, and Node has four threads for files anyway. */
const WRITES_AT_ONCE = 4
/** What is put is in the journal after this many milliseconds, so that a killed run loses little. */
const SAVE_AFTER_MS = 200

/** A store that writes behind the caller's back until it is flushed. */
export interface PackedStore extends CacheStore {
  /** Resolves when everything put so far is in the journal, which is quick, or was given up. */
  save(): Promise<void>
  /** Resolves when everything put so far is in the store below, or was given up there. */
  flush(): Promise<void>
}

/** The store below. */
export interface PackDisk extends CacheStore {
  /** Whether every write so far has reached the disk. */
  sound(): boolean
}

/** One pack as this process knows it. */
interface OpenPack {
  key: string
  records: Pack
  /** Put or deleted here since the last write: wins over what other processes have written meanwhile. */
  changed: Set<string>
}

/** Packs the records of a store; `now` is epoch milliseconds. */
export function createPackedStore(disk: PackDisk, journal: Journal, now: () => number): PackedStore {
  const open = new Map<string, Promise<OpenPack>>()
  const unsaved: Pack = new Map()
  const writes = pLimit(WRITES_AT_ONCE)
  let recovering: Promise<Map<string, Pack>> | undefined
  let timer: NodeJS.Timeout | undefined
  let saving: Promise<unknown> = Promise.resolve()
  let writing: Promise<unknown> = Promise.resolve()

  /** What the journals of runs that were cut off hold, by pack. */
  function recovered(): Promise<Map<string, Pack>> {
    recovering ??= journal.recover().then((records) => {
      const packs = new Map<string, Pack>()
      for (const [key, record] of records) {
        const name = packKey(key)
        packs.set(name, (packs.get(name) ?? new Map<string, CacheRecord>()).set(key, record))
      }
      return packs
    })
    return recovering
  }

  function packOf(name: string): Promise<OpenPack> {
    let pack = open.get(name)
    if (pack === undefined) {
      pack = openPack(name)
      open.set(name, pack)
    }
    return pack
  }

  async function openPack(name: string): Promise<OpenPack> {
    const [records, left] = await Promise.all([readPack(name), recovered()])
    const changed = new Set<string>()
    for (const [key, record] of left.get(name) ?? []) {
      const known = records.get(key)
      if (known !== undefined && known.storedAt >= record.storedAt) continue
      records.set(key, record)
      changed.add(key)
    }
    return { key: name, records, changed }
  }

  async function readPack(name: string): Promise<Pack> {
    const record = await disk.get(name)
    return record === undefined ? new Map() : decodePack(record.body)
  }

  async function change(key: string, record?: CacheRecord): Promise<void> {
    const pack = await packOf(packKey(key))
    if (record === undefined) pack.records.delete(key)
    else pack.records.set(key, record)
    pack.changed.add(key)
    // What is deleted is deleted from the packs: a run that is cut off before that may have to ask again.
    if (record === undefined) unsaved.delete(key)
    else unsaved.set(key, record)
    timer ??= setTimeout(() => void save(), SAVE_AFTER_MS).unref()
  }

  /** One batch after another, so that the latest record of a key is the last one. */
  function save(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const saved = saving.then(() => {
      const batch = new Map(unsaved)
      unsaved.clear()
      return journal.append(batch)
    })
    saving = saved
    return saved
  }

  /** One write after another: two of one pack at a time could end in the older one. */
  function write(): Promise<void> {
    const written = writing.then(async () => {
      await Promise.all([...(await recovered()).keys()].map(packOf))
      const packs = await Promise.all(open.values())
      const changed = packs.filter((pack) => pack.changed.size > 0)
      await Promise.all(changed.map((pack) => writes(() => writePack(pack))))
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
    get: async (key) => (await packOf(packKey(key))).records.get(key),
    put: change,
    delete: (key) => change(key),
    save,
    async flush() {
      if (open.size === 0) return
      do {
        await save()
        await write()
      } while (timer !== undefined)
      if (disk.sound()) await journal.forget()
    },
  }
}
