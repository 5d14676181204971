/** Findings: what the policy objects to, each with a rule, a fix and a fingerprint that stays the same over runs. */

/** How bad a finding is: `deny` fails the run, `warn` is only shown. */
export type Severity = 'deny' | 'warn'

/** The four answers; there is no fifth and none of them is a default. */
export type Verdict = 'pass' | 'violation' | 'unknown' | 'incomplete'

/** Every rule with the one sentence that says what it objects to. */
export const RULES = {
  'license-not-allowed': 'A licence that the policy does not allow.',
  'license-unknown': 'No licence could be established although every witness was heard.',
  'license-conflict': 'The witnesses name different licences.',
  'license-noted': 'The lockfile notes another licence than the package has.',
  'license-changed': 'Another licence than the version before had.',
  'license-changing': 'Only in audit: a later release carries another licence.',
  'license-lost': 'Only in audit: the newest release declares no licence any more.',
  'license-text-missing': 'A package that ships no licence text.',
  'license-text-unknown': 'A licence file whose words are not those of any known licence.',
  'bundled-license-not-allowed':
    'Parts of others inside a package, under a licence that the policy does not allow.',
  'integrity-mismatch': "The registry's integrity of a version is not the one in the lockfile.",
  'integrity-changed': 'Another integrity than before under the same version.',
  'metadata-unavailable': 'A witness could not be heard, so nothing can be said yet.',
  'advisories-unavailable': 'Nobody could be asked about known vulnerabilities of some packages.',
  'integrity-missing':
    'A registry package whose integrity the lockfile does not name, or only by a weak hash.',
  'package-banned': 'A package that the policy bans.',
  'package-deprecated': 'A version that its author advises against.',
  'package-vulnerable': 'A version with a known vulnerability.',
  'package-duplicate': 'Several versions of one package in the tree.',
  'package-too-young': 'A version that was published less than the minimum age ago.',
  'package-silent': 'Only in audit: no release for longer than the policy allows.',
  'repository-missing': 'Only in audit: the newest release does not say any more where its source is.',
  'source-registry': 'A package from a registry that the policy does not name.',
  'source-address': 'The lockfile fetches a package from elsewhere than its registry, or without TLS.',
  'source-name': "The lockfile's address is the tarball of another package or version.",
  'source-not-registry': 'A package that does not come from a registry: only its installed copy was heard.',
  'license-by-use': 'A licence that is allowed only for what does not ship, of a package that ships.',
  'import-undeclared': 'A package that is imported although the nearest package.json does not declare it.',
  'import-unresolved': 'An import of a file, or by an alias, that leads nowhere.',
  'import-unreadable': 'A source file of which nobody knows what it imports.',
  'import-cycle': 'Files that import each other in a circle.',
  'import-banned': 'A package or a part of Node that these files must not import.',
  'layer-breached': 'An import of what the layer of the file may not import, or of what nobody can know.',
  'dev-in-production': 'A file that ships and imports a development dependency.',
  'production-could-be-dev': 'A production dependency that only files which do not ship import.',
  'type-only-in-production': 'A production dependency of which an application imports only types.',
  'dependency-unused': 'A declared dependency that nothing imports and no tool uses.',
  'dependency-misplaced':
    'A dependency that another package.json declares than that of the files which import it.',
  'imports-unmatched': "Globs of the policy's imports that mean no file.",
  'dependency-missing': 'A required dependency is not installed.',
  'peer-missing': 'A peer dependency is not installed.',
  'dependency-invalid': 'The installed version is not in the range its dependent asks for.',
  'package-extraneous': 'A package on disk, or in the lockfile, that nothing asks for; judged as production.',
  'lockfile-out-of-step': 'package.json and lockfile do not agree on what is asked for.',
  'lockfile-twice': 'Two lockfiles lie side by side, and npm reads only one of them.',
  'no-lockfile': 'There is no lockfile, so the integrity of packages is not checked.',
  'tree-not-confirmed': 'npm did not confirm the tree in time.',
  'tree-untrusted': 'Lockfile, disk and npm do not agree on what is installed.',
  'allow-unused': 'An entry of an allow list that no package needs.',
  'exception-lapsed': 'An exception of the policy has passed its date.',
  'exception-unused': 'An exception of the policy matches nothing.',
  'advisory-ignore-lapsed': 'An ignored advisory of the policy has passed its date.',
  'advisory-ignore-unused': 'An ignored advisory of the policy concerns nothing.',
  'clarification-stale': 'The file behind a clarification is not the one that was read.',
  'policy-changed': 'A change of what judges, made together with what is judged.',
  'clarification-unused': 'A clarification of the policy matches nothing.',
  'baseline-stale': 'An entry of the baseline knows a finding that is gone.',
} as const

/** The id of a rule. */
export type RuleId = keyof typeof RULES

/** Whether a text is the id of a rule. */
export function isRuleId(text: string): text is RuleId {
  return Object.hasOwn(RULES, text)
}

/** The ids of all rules. */
export const RULE_IDS: readonly RuleId[] = Object.keys(RULES).filter(isRuleId)

/** A place in a file of the project. */
export interface Location {
  /** Path below the project, with `/`. */
  file: string
  /** 1-based. */
  line?: number
  /** 1-based, in UTF-16 units; only with a line. */
  column?: number
}

/** Why a finding is accepted for now. */
export interface KnownFinding {
  /** The day on which it was accepted, `YYYY-MM-DD`. */
  since: string
  reason: string
  /** Last day on which it is, `YYYY-MM-DD`, in UTC. */
  expires?: string
}

/** One thing the policy objects to. */
export interface Finding {
  rule: RuleId
  severity: Severity
  /** The verdict this finding leads to; `pass` for every warning. */
  verdict: Verdict
  /** Id of the package concerned; absent for findings about the run or the policy. */
  package?: string
  /** One sentence. */
  message: string
  /** What to do about it, ready to act on; may hold several lines. */
  fix?: string
  /** Ids from a root down to the package, root first; empty when there is no path. */
  path: string[]
  /** Stable over runs: rule, package and subject, never messages or times. sha256, first 32 hex characters. */
  fingerprint: string
  location?: Location
  /**
   * The licence that is objected to, or the words that are none: the same for every version that says the same. Only
   * where it names the finding to a baseline.
   */
  license?: string
  /** Only of findings about imports: what names it to a baseline besides rule and package, such as two files. */
  subject?: string
  /** Accepted by the baseline: what was a denial is a warning then. */
  known?: KnownFinding
  /** Further lines, for example the differences between two trees. */
  details?: string[]
  /** Only of `audit`: who answers for it, by the policy's exceptions and CODEOWNERS; sorted. It judges nothing. */
  owners?: string[]
}
