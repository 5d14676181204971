/** The report as an SPDX 2.3 document: licences as concluded and as declared, checksums, and who depends on whom. */
import type { PackageReport, RunReport } from '#model/run-report'
import { display, safeJson } from './display.ts'
import { hasPurl, sbomGraph } from './sbom-graph.ts'
import type { SbomNode } from './sbom-graph.ts'
import { contentUuid, hashesOf } from './sbom-hashes.ts'
import { concludedLicense, declaredLicense, UNLICENSED } from './sbom-licenses.ts'
import { spdxExpression, spdxReferences } from './spdx-licenses.ts'

interface Relationship {
  spdxElementId: string
  relationshipType: 'DESCRIBES' | 'DEPENDS_ON' | 'DEV_DEPENDENCY_OF' | 'OPTIONAL_DEPENDENCY_OF'
  relatedSpdxElement: string
}

const DOCUMENT = 'SPDXRef-DOCUMENT'
const UNKNOWN = 'NOASSERTION'

/** JSON of the document; its namespace follows from everything else in it. */
export function spdxReport(report: RunReport): string {
  const { root, nodes } = sbomGraph(report)
  const ids = elementIds([root, ...nodes])
  const idOf = ({ ref }: SbomNode): string => ids.get(ref) ?? DOCUMENT
  const judged = report.inputs.policySha256 !== null
  const extracted = spdxReferences(nodes)
  const content = {
    name: display(root.version === '' ? root.name : `${root.name}@${root.version}`),
    creationInfo: {
      // Whole seconds: the specification knows no fraction.
      created: report.run.startedAt.replace(/\.\d+Z$/, 'Z'),
      creators: [`Tool: ${report.tool.name}-${report.tool.version}`],
      comment: runComment(report),
    },
    packages: [
      { ...common(root, idOf(root)), primaryPackagePurpose: 'APPLICATION', ...licensing(undefined) },
      ...nodes.map((node) => spdxPackage(node, idOf(node), judged)),
    ],
    ...(extracted.length > 0 && { hasExtractedLicensingInfos: extracted }),
    relationships: [
      { spdxElementId: DOCUMENT, relationshipType: 'DESCRIBES', relatedSpdxElement: idOf(root) },
      ...relationships([root, ...nodes], ids),
    ] satisfies Relationship[],
  }
  const uuid = contentUuid(JSON.stringify(content))
  const document = {
    spdxVersion: 'SPDX-2.3',
    dataLicense: 'CC0-1.0',
    SPDXID: DOCUMENT,
    documentNamespace: `https://spdx.org/spdxdocs/depgate-${asciiPart(root.name)}-${uuid}`,
    ...content,
  }
  return `${safeJson(document, 2)}\n`
}

function common({ name, version }: SbomNode, id: string): object {
  return {
    SPDXID: id,
    name: display(name),
    ...(version !== '' && { versionInfo: display(version) }),
    supplier: UNKNOWN,
    downloadLocation: UNKNOWN,
    filesAnalyzed: false,
  }
}

function spdxPackage(node: SbomNode, id: string, judged: boolean): object {
  const { entry } = node
  const base = { ...common(node, id), primaryPackagePurpose: 'LIBRARY' }
  if (entry === undefined) return { ...base, ...licensing(undefined), comment: 'The project’s own.' }
  const checksums = hashesOf(entry.integrity).map(({ algorithm, hex }) => ({
    algorithm: algorithm.toUpperCase(),
    checksumValue: hex,
  }))
  return {
    ...base,
    ...licensing(entry, judged),
    ...(checksums.length > 0 && { checksums }),
    ...(hasPurl(entry) && {
      externalRefs: [
        { referenceCategory: 'PACKAGE-MANAGER', referenceType: 'purl', referenceLocator: entry.purl },
      ],
    }),
    sourceInfo: `Source: ${entry.source}${entry.installed ? '' : '; not installed where the report was made'}.`,
  }
}

function licensing(entry: PackageReport | undefined, judged = false): object {
  return {
    licenseConcluded: expressionOr(entry && concludedLicense(entry)),
    licenseDeclared: expressionOr(entry && declaredLicense(entry)),
    ...(entry !== undefined && { licenseComments: licenseComment(entry, judged) }),
    copyrightText: UNKNOWN,
  }
}

function expressionOr(license: string | undefined): string {
  return license === undefined ? UNKNOWN : (spdxExpression(license) ?? UNKNOWN)
}

/** What the conclusion rests on, witness by witness. */
function licenseComment(entry: PackageReport, judged: boolean): string {
  const said = entry.claims.map(({ witness, license, reason, failure, text }) => {
    const place = text === undefined ? '' : ` (${text.file})`
    const words =
      failure !== undefined
        ? 'could not be heard'
        : (license ?? (reason === 'unlicensed' ? UNLICENSED : `no licence (${reason ?? 'unknown'})`))
    return `${witness}${place}: ${words}`
  })
  return display(
    `${judged ? `Verdict ${entry.verdict}. ` : ''}Conclusion ${entry.conclusion}. ${said.join('; ') || 'No witness was heard'}.`,
    2000,
  )
}

/**
 * Who depends on whom. What the project's own packages need only for development or only where it can be had is said
 * so; further down the kind of a path is not that of its links.
 */
function relationships(nodes: SbomNode[], ids: ReadonlyMap<string, string>): Relationship[] {
  const byRef = new Map(nodes.map((node) => [node.ref, node]))
  return nodes.flatMap((node) =>
    node.dependsOn.map((ref): Relationship => {
      const from = ids.get(node.ref) ?? DOCUMENT
      const to = ids.get(ref) ?? DOCUMENT
      const only = node.entry === undefined ? onlyKind(byRef.get(ref)?.entry) : undefined
      return only === undefined
        ? { spdxElementId: from, relationshipType: 'DEPENDS_ON', relatedSpdxElement: to }
        : { spdxElementId: to, relationshipType: only, relatedSpdxElement: from }
    }),
  )
}

function onlyKind(entry: PackageReport | undefined): Relationship['relationshipType'] | undefined {
  if (entry?.kinds.length !== 1) return undefined
  if (entry.kinds[0] === 'dev') return 'DEV_DEPENDENCY_OF'
  return entry.kinds[0] === 'optional' ? 'OPTIONAL_DEPENDENCY_OF' : undefined
}

/** An element id for each ref; two refs that differ only in what such an id cannot hold get a number. */
function elementIds(nodes: SbomNode[]): Map<string, string> {
  const used = new Set([DOCUMENT])
  const numbers = new Map<string, number>()
  return new Map(
    nodes.map(({ ref }) => {
      const base = `SPDXRef-Package-${asciiPart(ref)}`
      let id = base
      while (used.has(id)) {
        const number = (numbers.get(base) ?? 1) + 1
        numbers.set(base, number)
        id = `${base}-${number}`
      }
      used.add(id)
      return [ref, id]
    }),
  )
}

/** Only what element ids and namespaces may hold. */
function asciiPart(text: string): string {
  return text.replaceAll(/[^a-z\d.]+/gi, '-').replaceAll(/^-+|-+$/g, '') || 'nameless'
}

function runComment({ verdict, coverage, inputs }: RunReport): string {
  const { total, judged, omitted, incomplete } = coverage
  return (
    `${inputs.policySha256 === null ? 'No policy' : `Verdict ${verdict}`}: ${judged} of ${total} packages judged, ${omitted} left out on request, ` +
    `${incomplete} could not be checked. Licence list: ${inputs.licenseList}.`
  )
}
