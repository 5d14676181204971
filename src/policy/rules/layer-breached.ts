/** Rule: an import of what the layer of the file may not import, or of what nobody can know. */
import { matchesGlob } from '#model/glob'
import type { Finding } from '#model/finding'
import type { Layer } from '#model/import-rules'
import { targetPath } from '#model/import-target'
import type { ResolvedImport, SourceFile } from '#model/imports'
import { addTo } from '#model/lists-by-key'
import type { ImportAt, ImportCase } from '../imports/import-case.ts'
import { meansTarget } from '../imports/import-specs.ts'
import { morePlaces, placeOfImport, placeText, targetText } from '../imports/import-words.ts'
import { deny } from '../make-finding.ts'

/** What a finding calls an import of which nobody can know where it leads. */
const UNKNOWN = 'what nobody can know'

/** A layer with its globs read. */
interface ReadLayer extends Layer {
  holds: (path: string) => boolean
  mayImport: (path: string) => boolean
}

/** One finding for each file and each thing that it must not import. Types count: they are knowledge, too. */
export function breachedLayers({ graph, rules, packages }: ImportCase): Finding[] {
  const layers = rules.layers.map((layer) => readLayer(layer, rules.layers))
  return graph.files.flatMap((file) =>
    layers
      .filter(({ holds }) => holds(file.path))
      .flatMap((layer) => {
        const breaches = new Map<string, ImportAt[]>()
        for (const site of file.imports) {
          if (mayImport(layer, site, (location) => packages.get(location)?.manifest)) continue
          addTo(breaches, targetText(site), { file, site })
        }
        return [...breaches].map(([what, imports]) => breach(layer, file, what, { imports, layers }))
      }),
  )
}

/**
 * One finding for each layer and each file of it that imports by an expression, or by an address behind which anything may
 * be: it may mean what the layer must not.
 */
export function unknownInLayers({ graph, rules }: ImportCase): Finding[] {
  const layers = rules.layers.map((layer) => ({ layer, holds: matchesGlob(layer.files) }))
  return graph.files.flatMap((file) => {
    const imports = file.imports
      .filter(({ target }) => target.kind === 'unknown' || target.kind === 'address')
      .map((site) => ({ file, site }))
    if (imports.length === 0) return []
    return layers
      .filter(({ holds }) => holds(file.path))
      .flatMap(({ layer }) => {
        const { name, location } = layer
        const unknown = imports.filter(({ site }) => site.target.kind === 'unknown' || mayHide(layer, site))
        const [first] = unknown
        if (first === undefined) return []
        const { specifier } = first.site
        const how = specifier === null ? 'by an expression' : JSON.stringify(clip(specifier))
        return deny('layer-breached', 'unknown', {
          subject: `${name}\n${file.path}\n${UNKNOWN}`,
          knownBy: `${name}: ${file.path} > ${UNKNOWN}`,
          message: `${placeText(first)} imports ${how}: nobody can know whether the layer ${name} may import what it leads to`,
          fix: `Write the specifier out. Or, once you have read what it may be, take the file out of the layer: put ${JSON.stringify(`!${file.path}`)} last in the files of ${name}, in imports.layers of ${policyPlace(location)}.`,
          location: placeOfImport(first),
          details: morePlaces(unknown, 'also in'),
        })
      })
  })
}

/**
 * Whether an address may lead to what a layer must not import: code in the address itself or behind a loader may ask for
 * anything, any other for packages and parts of Node, where the layer counts those that it may.
 */
function mayHide({ packages, builtins }: Layer, { target, specifier, form }: ResolvedImport): boolean {
  if (target.kind !== 'address' || form === 'asset-url') return false
  return packages !== undefined || builtins !== undefined || /^data:|!/i.test(specifier ?? '')
}

/** Enough of a specifier to know it again: code in an address may be long. */
function clip(specifier: string): string {
  return specifier.length > 60 ? `${specifier.slice(0, 60)}…` : specifier
}

/** Of what a layer may import the last entry that means a file decides; a file that none means it must not. */
function readLayer(layer: Layer, all: readonly Layer[]): ReadLayer {
  const holds = matchesGlob(layer.files)
  const lastFirst = layer.imports.toReversed().map((entry) => {
    const meant = entry.replace(/^!/, '')
    const named = all.find(({ name }) => name === meant)
    return { means: matchesGlob(named?.files ?? [meant]), isIn: meant === entry }
  })
  return {
    ...layer,
    holds,
    mayImport: (path) => holds(path) || lastFirst.find(({ means }) => means(path))?.isIn === true,
  }
}

function mayImport(
  layer: ReadLayer,
  site: ResolvedImport,
  manifestOf: (location: string) => string | undefined,
): boolean {
  const { target } = site
  switch (target.kind) {
    case 'builtin':
      return layer.builtins === undefined || meansTarget(layer.builtins, site)
    case 'package':
      return layer.packages === undefined || meansTarget(layer.packages, site)
    case 'file':
    case 'workspace': {
      const path =
        targetPath(site.target) ?? (target.kind === 'workspace' ? manifestOf(target.location) : undefined)
      if (path === undefined) return false
      if (layer.mayImport(path)) return true
      return target.kind === 'workspace' && layer.packages !== undefined && meansTarget(layer.packages, site)
    }
    case 'outside':
      return false
    case 'missing':
    case 'address':
    case 'unknown':
      // Others have their say about what leads nowhere, and `unknownInLayers` about what nobody can know.
      return true
  }
}

function breach(
  layer: ReadLayer,
  file: SourceFile,
  what: string,
  { imports, layers }: { imports: readonly ImportAt[]; layers: readonly ReadLayer[] },
): Finding {
  const [first] = imports
  const path = first && targetPath(first.site.target)
  const of = path === undefined ? [] : layers.filter(({ holds }) => holds(path)).map(({ name }) => name)
  return deny('layer-breached', 'violation', {
    subject: `${layer.name}\n${file.path}\n${what}`,
    knownBy: `${layer.name}: ${file.path} > ${what}`,
    message: `${first === undefined ? file.path : placeText(first)} imports ${what}${of.length === 0 ? '' : ` (layer ${of.join(', ')})`}, which the layer ${layer.name} must not`,
    fix: `${allowedText(layer)} Move what is needed to where it may be imported from, or change imports.layers in ${policyPlace(layer.location)}.`,
    ...(first && { location: placeOfImport(first) }),
    details: morePlaces(imports, 'also in'),
  })
}

function policyPlace({ file, line }: Layer['location']): string {
  return line === undefined ? file : `${file}:${line}`
}

function allowedText({ name, imports, packages, builtins }: Layer): string {
  const parts = [
    imports.length === 0 ? 'nothing else of the project' : imports.join(', '),
    ...(packages === undefined ? [] : [`the packages ${packages.join(', ') || '(none)'}`]),
    ...(builtins === undefined ? [] : [`of Node ${builtins.join(', ') || 'nothing'}`]),
  ]
  return `${name} may import ${parts.join('; ')}.`
}
