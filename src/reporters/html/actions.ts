/** Sorts findings by what a person has to do about them, and within that by what is decided in one go. */
import { RULES } from '#model/finding'
import type { Finding, RuleId } from '#model/finding'
import { addTo } from '#model/lists-by-key'
import { RULE_TRAITS } from '#model/rule-traits'

/** Something to do, in the order in which the page asks for it. */
export const ACTIONS = [
  {
    id: 'agree',
    title: 'Let a policy owner agree',
    about: 'What judges is changed together with what is judged. Only its owners may do that.',
  },
  {
    id: 'decide',
    title: 'Decide about a licence',
    about:
      'The licence is known. Where the policy does not allow it, whoever answers for licences accepts it for a time, with a reason, or the package goes.',
  },
  {
    id: 'read',
    title: 'Read a licence',
    about:
      'What the package says of its licence is not enough. A person has to read it and record what it is.',
  },
  {
    id: 'replace',
    title: 'Replace, update or remove',
    about: 'The package itself is the problem: another version, another package, or none.',
  },
  {
    id: 'origin',
    title: 'Check where it comes from',
    about: 'Name, address or integrity are not what they should be. Look before anybody installs it again.',
  },
  {
    id: 'mend',
    title: 'Mend the installation',
    about: 'Lockfile, disk and npm do not agree on what is installed.',
  },
  {
    id: 'again',
    title: 'Check again',
    about: 'Something could not be asked, so nothing can be said about it yet. It is no pass.',
  },
  {
    id: 'ahead',
    title: 'Plan ahead',
    about:
      'A later release is another matter. Keep to a range that stays as it is, or decide before somebody upgrades.',
  },
  {
    id: 'policy',
    title: 'Clean up the policy',
    about: 'Entries that have ended, or that nothing needs any more.',
  },
] as const

/** The id of one of {@link ACTIONS}. */
export type ActionId = (typeof ACTIONS)[number]['id']

/** Findings about which one decision is made. */
export interface Matter {
  rule: RuleId
  /** The licence that all of them are about, where that is what is decided. */
  license?: string
  findings: Finding[]
}

/** Something to do with all that it is to be done about. */
export interface ToDo {
  action: (typeof ACTIONS)[number]
  matters: Matter[]
  denied: number
  warned: number
}

/** Rules whose action is not that of their group. */
const BY_RULE: Partial<Record<RuleId, ActionId>> = {
  'license-unknown': 'read',
  'license-text-unknown': 'read',
  'license-text-missing': 'read',
  'clarification-stale': 'read',
  'policy-changed': 'agree',
  'license-changing': 'ahead',
  'license-lost': 'ahead',
  'package-silent': 'ahead',
  'repository-missing': 'ahead',
}

const BY_GROUP: Readonly<Record<string, ActionId>> = {
  licences: 'decide',
  packages: 'replace',
  sources: 'origin',
  tree: 'mend',
  policy: 'policy',
}

/** Rules that are about a licence, which is then what is decided once for all packages that have it. */
const BY_LICENSE = new Set<RuleId>(['license-not-allowed', 'bundled-license-not-allowed'])

/** What there is to do; what fails the run before what does not. Findings keep their order. */
export function toDo(findings: readonly Finding[]): ToDo[] {
  const byAction = new Map<ActionId, Finding[]>()
  for (const finding of findings) {
    addTo(byAction, actionOf(finding), finding)
  }
  return ACTIONS.flatMap((action): ToDo[] => {
    const own = byAction.get(action.id)
    if (own === undefined) return []
    const denied = own.filter(({ severity }) => severity === 'deny').length
    return [{ action, matters: matters(own), denied, warned: own.length - denied }]
  }).toSorted((a, b) => Number(b.denied > 0) - Number(a.denied > 0))
}

/** What a matter is; behind a licence the rest of the sentence that begins with it. */
export function matterTitle({ rule, license }: Matter): string {
  if (license === undefined) return RULES[rule].replace(/\.$/, '')
  return rule === 'license-not-allowed' ? 'is not allowed' : 'is the licence of parts of others'
}

function actionOf({ rule, verdict }: Finding): ActionId {
  if (verdict === 'incomplete') return 'again'
  return BY_RULE[rule] ?? BY_GROUP[RULE_TRAITS[rule].group] ?? 'replace'
}

function matters(findings: readonly Finding[]): Matter[] {
  const byKey = new Map<string, Matter>()
  for (const finding of findings) {
    const { rule, severity } = finding
    const license = BY_LICENSE.has(rule) ? finding.license : undefined
    const key = `${severity}\n${rule}\n${license ?? ''}`
    const matter = byKey.get(key)
    if (matter !== undefined) matter.findings.push(finding)
    else byKey.set(key, { rule, findings: [finding], ...(license !== undefined && { license }) })
  }
  const isDenied = ({ findings: [first] }: Matter): boolean => first?.severity === 'deny'
  return [...byKey.values()].toSorted(
    (a, b) => Number(isDenied(b)) - Number(isDenied(a)) || b.findings.length - a.findings.length,
  )
}
