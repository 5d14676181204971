/** The report as a CycloneDX 1.6 bill of materials: licences as concluded, what each witness said, hashes, the graph. */
import type { Claim } from '#model/claim'
import type { PackageReport, RunReport } from '#model/run-report'
import { display, safeJson } from './display.ts'
import { hasPurl, isRequired, sbomGraph } from './sbom-graph.ts'
import type { SbomNode } from './sbom-graph.ts'
import { contentUuid, hashesOf } from './sbom-hashes.ts'
import type { Hash } from './sbom-hashes.ts'
import { concludedLicense, sbomLicense } from './sbom-licenses.ts'

interface Property {
  name: `depgate:${string}`
  value: string
}

const HASH_NAMES: Record<Hash['algorithm'], string> = {
  sha1: 'SHA-1',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
}

/** JSON of the bill of materials; the serial number follows from everything else in it. */
export function cyclonedxReport(report: RunReport): string {
  const { root, nodes } = sbomGraph(report)
  const incomplete =
    report.coverage.omitted > 0 || report.findings.some(({ verdict }) => verdict === 'incomplete')
  const judged = report.inputs.policySha256 !== null
  const content = {
    version: 1,
    metadata: {
      timestamp: report.run.startedAt,
      tools: { components: [{ type: 'application', ...report.tool }] },
      component: { type: 'application', ...identity(root) },
      properties: runProperties(report),
    },
    components: nodes.map((node) => component(node, judged)),
    dependencies: [root, ...nodes].map(({ ref, dependsOn }) => ({ ref, dependsOn })),
    ...(incomplete && { compositions: [{ aggregate: 'incomplete', dependencies: [root.ref] }] }),
  }
  const serialNumber = `urn:uuid:${contentUuid(JSON.stringify(content))}`
  return `${safeJson({ bomFormat: 'CycloneDX', specVersion: '1.6', serialNumber, ...content }, 2)}\n`
}

function identity({ ref, name, version }: SbomNode): object {
  const slash = name.startsWith('@') ? name.indexOf('/') : -1
  return {
    'bom-ref': ref,
    ...(slash > 0 && { group: name.slice(0, slash) }),
    name: slash > 0 ? name.slice(slash + 1) : name,
    ...(version !== '' && { version }),
  }
}

function component(node: SbomNode, judged: boolean): object {
  const { entry } = node
  if (entry === undefined) {
    return {
      type: 'library',
      ...identity(node),
      properties: [{ name: 'depgate:first-party', value: 'true' }] satisfies Property[],
    }
  }
  const hashes = hashesOf(entry.integrity).map(({ algorithm, hex }) => ({
    alg: HASH_NAMES[algorithm],
    content: hex,
  }))
  const evidence = entry.claims.flatMap(evidenceOf)
  return {
    type: 'library',
    ...identity(node),
    scope: isRequired(entry) ? 'required' : 'optional',
    ...(hashes.length > 0 && { hashes }),
    ...licenses(entry),
    ...(hasPurl(entry) && { purl: entry.purl }),
    ...(evidence.length > 0 && { evidence: { licenses: evidence } }),
    properties: [
      ...(judged ? [{ name: 'depgate:verdict', value: entry.verdict } satisfies Property] : []),
      ...properties(entry),
    ],
  }
}

/** Nothing where no licence was established: an unknown licence has no name. */
function licenses(entry: PackageReport): object {
  const concluded = concludedLicense(entry)
  if (concluded === undefined) return {}
  const acknowledgement = entry.conclusion === 'declared' ? 'declared' : 'concluded'
  const license = sbomLicense(concluded)
  return {
    licenses: [
      'expression' in license
        ? { expression: license.expression, acknowledgement }
        : { license: { ...license, acknowledgement } },
    ],
  }
}

/**
 * What one witness said. A list of licences cannot hold expressions, so that one stands as a name. What a notice says
 * of the parts a package carries is no evidence about the package.
 */
function evidenceOf(claim: Claim): object[] {
  if (claim.text?.role === 'bundled' || claim.witness === 'lockfile') return []
  const said = claim.license ?? (typeof claim.raw === 'string' ? display(claim.raw, 200).trim() : '')
  if (said === '') return []
  const license = claim.license === undefined ? { name: said } : sbomLicense(said)
  return [
    {
      license: {
        ...('expression' in license ? { name: license.expression } : license),
        acknowledgement: claim.witness === 'text' ? 'concluded' : 'declared',
        properties: [
          { name: 'depgate:witness', value: claim.witness },
          ...(claim.text === undefined
            ? []
            : [
                { name: 'depgate:file' as const, value: claim.text.file },
                { name: 'depgate:sha256' as const, value: claim.text.sha256 },
              ]),
        ] satisfies Property[],
      },
    },
  ]
}

function properties(entry: PackageReport): Property[] {
  const bundled = entry.claims.filter(({ text }) => text?.role === 'bundled')
  const unclear = entry.claims.filter(
    (claim) => claim.license === undefined && claim.witness !== 'lockfile' && !bundled.includes(claim),
  )
  return [
    { name: 'depgate:conclusion', value: entry.conclusion },
    { name: 'depgate:source', value: entry.source },
    ...entry.kinds.map((value): Property => ({ name: 'depgate:kind', value })),
    ...entry.workspaces.map((value): Property => ({ name: 'depgate:workspace', value })),
    ...entry.exceptions.map((value): Property => ({ name: 'depgate:exception', value })),
    ...(entry.installed ? [] : [{ name: 'depgate:installed', value: 'false' } satisfies Property]),
    ...bundled.map(({ text }): Property => {
      const said = [...new Set(text?.licenses.flat())].join(', ') || 'not recognised'
      return { name: 'depgate:bundled-license', value: display(`${said} (${text?.file ?? ''})`) }
    }),
    ...unclear.map(({ witness, failure, reason, text }): Property => {
      const why = failure === undefined ? (reason ?? 'no licence') : `not heard: ${failure.message}`
      const place = text === undefined ? '' : ` (${text.file})`
      return { name: 'depgate:no-licence-from', value: display(`${witness}${place}: ${why}`) }
    }),
  ]
}

function runProperties({ verdict, coverage, inputs }: RunReport): Property[] {
  return [
    ...(inputs.policySha256 === null
      ? []
      : [
          { name: 'depgate:verdict' as const, value: verdict },
          { name: 'depgate:policy-sha256' as const, value: inputs.policySha256 },
        ]),
    { name: 'depgate:packages', value: String(coverage.total) },
    { name: 'depgate:judged', value: String(coverage.judged) },
    { name: 'depgate:left-out', value: String(coverage.omitted) },
    { name: 'depgate:not-checked', value: String(coverage.incomplete) },
    { name: 'depgate:license-list', value: inputs.licenseList },
    ...(inputs.lockfileSha256 === null
      ? []
      : [{ name: 'depgate:lockfile-sha256' as const, value: inputs.lockfileSha256 }]),
  ]
}
