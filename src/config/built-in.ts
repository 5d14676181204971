/** The presets and licence groups that come with depgate, read from its data files when a policy first names one. */
import { createRequire } from 'node:module'
import { quote } from './config-error.ts'
import type { Problem } from './config-error.ts'
import { ownValue } from './layer.ts'
import { nearest } from './nearest.ts'

// `require`, because importing JSON prints a warning on Node 20.
const require = createRequire(import.meta.url)

/** What a preset's name begins with in `extends`. */
export const PRESET_PREFIX = 'depgate:'
/** What a group's name begins with in an allow list. */
export const GROUP_PREFIX = 'group:'

/** Names of the presets. */
export const PRESETS = ['permissive', 'weak-copyleft', 'strict'] as const
/** Names of the groups. */
export const GROUPS = ['permissive', 'weak-copyleft', 'content', 'osi'] as const

/** The name of a preset, without its prefix. */
export type PresetName = (typeof PRESETS)[number]

/** The preset that a text names (`depgate:strict`); undefined if there is none of that name. */
export function presetName(text: string): PresetName | undefined {
  return PRESETS.find((name) => text === `${PRESET_PREFIX}${name}`)
}

/** A preset's content: a policy like any other. */
export function presetContent(name: PresetName): unknown {
  return require(`#data/presets/${name}.json`)
}

/** What is wrong with the name of a preset. */
export function presetProblem(text: string): Problem | undefined {
  if (presetName(text) !== undefined) return undefined
  return unknownName(text, 'preset', PRESETS, PRESET_PREFIX)
}

/** What is wrong with the name of a group. */
export function groupProblem(text: string): Problem | undefined {
  if (GROUPS.some((name) => text === `${GROUP_PREFIX}${name}`)) return undefined
  return unknownName(text, 'group of licences', GROUPS, GROUP_PREFIX)
}

/** The licences that entries of an allow list stand for, each once: groups by their members, all else by itself. */
export function expandGroups(entries: readonly string[]): string[] {
  const licenses = entries.flatMap((entry) => (isGroup(entry) ? groupMembers(entry) : [entry]))
  return [...new Set(licenses)]
}

/** Whether an entry of an allow list names a group. */
export function isGroup(entry: string): boolean {
  return entry.startsWith(GROUP_PREFIX)
}

/** A file of ours that is not as it must be is a bug of ours. */
function groupMembers(entry: string): string[] {
  const file: unknown = require('#data/license-groups.json')
  const path = ['groups', entry.slice(GROUP_PREFIX.length), 'licenses']
  const members = path.reduce(ownValue, file)
  if (!Array.isArray(members)) throw new TypeError(`no such group: ${entry}`)
  return members.filter((id) => typeof id === 'string')
}

function unknownName(text: string, what: string, names: readonly string[], prefix: string): Problem {
  const all = names.map((name) => `${prefix}${name}`)
  const meant = nearest(text.slice(prefix.length), names)
  return {
    message: `${quote(text)} is not a ${what} that depgate has`,
    fix:
      meant === undefined
        ? `There are ${all.map(quote).join(', ')}.`
        : `Did you mean ${quote(`${prefix}${meant}`)}?`,
  }
}
