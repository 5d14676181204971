/** Opens the tree of a run: from node_modules, which npm has to confirm, or from the lockfile alone, which nobody does. */
import { confirmationOf, confirmedBefore, confirmTree, placesOf, unconfirmed } from '#collectors/collect'
import type { Confirmation, TreeDraft } from '#collectors/collect'
import type { Inventory } from '#model/inventory'
import { ok } from '#model/outcome'
import type { Outcome } from '#model/outcome'
import type { TreeSource } from '#model/run-request'
import { step } from '../trace.ts'
import type { Previous, World } from './world.ts'

/** A tree on its way to be trusted. */
export interface OpenedTree {
  source: TreeSource
  /** What is judged while the last word on it is awaited. */
  inventory: Outcome<Inventory>
  /** Judgements of an earlier run, by digest; only where they rest on a tree of the same source. */
  kept: Previous['judged'] | undefined
  /** The last word. */
  confirmed: () => Promise<Outcome<Inventory>>
  /** What to keep of npm's word on it; undefined where npm was not asked or had more to say. */
  confirmationOf: (confirmed: Inventory) => Confirmation | undefined
  /** Resolves when nothing that was started for it still runs. */
  ended: () => Promise<void>
}

/** Opens the tree that the world has; `stop` ends what is started for it. */
export async function openTree(world: World, stop: AbortSignal): Promise<OpenedTree> {
  return world.treeSource() === 'lockfile' ? openLocked(world.readLocked()) : openInstalled(world, stop)
}

function openLocked(inventory: Outcome<Inventory>): OpenedTree {
  return {
    source: 'lockfile',
    inventory,
    kept: undefined,
    confirmed: () => Promise.resolve(inventory),
    confirmationOf: () => undefined,
    ended: () => Promise.resolve(),
  }
}

async function openInstalled(world: World, stop: AbortSignal): Promise<OpenedTree> {
  let answer: Promise<Outcome<string>> | undefined
  const npmAnswer = (): Promise<Outcome<string>> => (answer ??= world.askNpm(stop))
  const previous = await world.previous()
  // npm takes longest of all: whoever knows nothing of the tree yet asks it before anything else.
  if (previous === undefined) void npmAnswer()
  const tree = world.readTree()
  // They take as long as all else that is done with the word of an earlier run, and are the same before and after.
  let digests: Confirmation['places'] | undefined
  const places = (draft: TreeDraft): Confirmation['places'] => (digests ??= placesOf(draft))
  const before =
    previous && tree.ok ? confirmedBefore(tree.value, previous.confirmation, places(tree.value)) : undefined
  if (before === undefined) void npmAnswer()
  return {
    source: 'installed',
    inventory: tree.ok ? ok(tree.value.inventory) : tree,
    kept: previous?.judged,
    confirmed: async () => {
      if (before !== undefined) return ok(before)
      return tree.ok ? confirm(tree.value, await npmAnswer()) : tree
    },
    confirmationOf: (confirmed) =>
      tree.ok ? confirmationOf(tree.value, confirmed, places(tree.value)) : undefined,
    ended: async () => {
      await answer
    },
  }
}

/** npm's word against ours; only an answer that did not come in time leaves the tree standing, unconfirmed. */
function confirm(draft: TreeDraft, npm: Outcome<string>): Outcome<Inventory> {
  if (npm.ok) return step('confirm', () => confirmTree(draft, npm.value))
  if (npm.failure.code === 'npm-ls-timeout') return { ok: true, value: unconfirmed(draft) }
  return npm
}
