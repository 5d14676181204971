/** Reads the baseline beside a policy and makes it part of what judges. */
import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import type { DiskReader } from '#disk/disk'
import type { Policy } from '#model/policy'
import { BASELINE_FILE, parseBaseline } from './baseline-file.ts'
import { printKeyPath } from './config-error.ts'
import type { ConfigError } from './config-error.ts'
import { readJson } from './json-source.ts'
import { MAX_POLICY_BYTES, UNUSABLE } from './policy-file.ts'

/** The policy with its baseline, or what is wrong with that. */
export type WithBaseline = { ok: true; policy: Policy } | { ok: false; errors: ConfigError[] }

/** Looks beside the policy file at `path` (absolute); a baseline is never read through a link. */
export function withBaseline(disk: DiskReader, path: string, policy: Policy): WithBaseline {
  const file = join(dirname(policy.file), BASELINE_FILE).replaceAll('\\', '/')
  const read = disk.file(join(dirname(path), BASELINE_FILE), MAX_POLICY_BYTES)
  if (!read.ok) {
    if (read.reason === 'absent')
      return { ok: true, policy: { ...policy, baseline: { ...policy.baseline, file } } }
    return wrong({
      file,
      key: '',
      message: UNREAD[read.reason],
      ...(read.reason === 'link' && { fix: NO_LINK }),
    })
  }
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(read.bytes)
  } catch {
    return wrong({ file, key: '', message: 'is not UTF-8 text', fix: 'Save it as UTF-8.' })
  }
  const json = readJson(text, { comments: false })
  if (!json.ok) {
    const { path: at, ...problem } = json.problem
    return wrong({ ...problem, file, key: printKeyPath(at) })
  }
  const parsed = parseBaseline(json.source, file)
  if (!parsed.ok) return parsed
  const sha256 = createHash('sha256').update(policy.sha256).update(read.bytes).digest('hex')
  const baseline = { ...policy.baseline, file, exists: true, entries: parsed.entries }
  return { ok: true, policy: { ...policy, sha256, baseline } }
}

function wrong(error: ConfigError): WithBaseline {
  return { ok: false, errors: [error] }
}

const NO_LINK = 'Put the file itself there: what judges must not be somewhere else.'
const UNREAD = { ...UNUSABLE, link: 'is a symbolic link' } as const
