/** Reads what a policy says it extends: a preset, a file beside it, or a file of an npm package. */
import { isPackageName } from '#model/package-id'
import { PRESET_PREFIX, PRESETS, presetName, presetProblem } from './built-in.ts'
import type { PresetName } from './built-in.ts'
import { quote } from './config-error.ts'
import type { Problem } from './config-error.ts'
import { POLICY_FILE } from './minimal-policy.ts'
import { fileProblem } from './value-checks.ts'

/** The policy that another one extends. */
export type Parent =
  | { kind: 'preset'; name: PresetName }
  /** Relative to the folder of the policy that names it. */
  | { kind: 'file'; path: string }
  /** A file of a package in the project's node_modules. */
  | { kind: 'package'; name: string; path: string }

/** Reads the text of `extends`; purely, so whether the parent is there is another question. */
export function parseExtends(text: string): { ok: true; parent: Parent } | { ok: false; problem: Problem } {
  if (text.startsWith(PRESET_PREFIX)) {
    const name = presetName(text)
    if (name !== undefined) return { ok: true, parent: { kind: 'preset', name } }
    return { ok: false, problem: presetProblem(text) ?? unreadable(text) }
  }
  if (/^\.\.?\//.test(text)) {
    const isOdd = text.endsWith('/') || text.includes('\\') || text.includes('\0')
    return isOdd
      ? { ok: false, problem: unreadable(text) }
      : { ok: true, parent: { kind: 'file', path: text } }
  }
  const [, name = '', path] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/s.exec(text) ?? []
  if (!isPackageName(name) || (path !== undefined && fileProblem(path) !== undefined)) {
    return { ok: false, problem: unreadable(text) }
  }
  return { ok: true, parent: { kind: 'package', name, path: path ?? POLICY_FILE } }
}

function unreadable(text: string): Problem {
  return {
    message: `${quote(text)} names nothing that a policy could extend`,
    fix: `Write a preset ("${PRESET_PREFIX}${PRESETS[0]}"), a file ("./base.json") or a package ("@acme/policy").`,
  }
}
