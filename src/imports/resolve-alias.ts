/** What names lead to that `paths` and `baseUrl` of TypeScript's configurations give to files. */
import type { ImportTarget } from '#model/imports'
import { aliasPlaces } from './alias-paths.ts'
import type { Project } from './project.ts'
import { targetAt } from './resolve-path.ts'
import type { Asked } from './asked.ts'
import { withoutQuery } from './specifier.ts'

/** What an alias leads to; without a target, whether one was written for this specifier and leads nowhere. */
export interface AliasTarget {
  target: ImportTarget | undefined
  isMeant: boolean
}

/** By the configurations of TypeScript's that speak of the file, the first that leads to something. */
export function resolveAlias(project: Project, asked: Asked): AliasTarget {
  let isMeant = false
  let leadsOut = false
  for (const config of project.configsFor(asked.folder)) {
    for (const specifier of new Set([asked.specifier, withoutQuery(asked.specifier)])) {
      const alias = aliasPlaces(config, specifier)
      isMeant ||= alias.isMeant
      for (const place of alias.places) {
        const target = targetAt(project, asked, place)
        if (target.kind === 'outside') leadsOut ||= alias.isMeant
        else if (target.kind !== 'missing') return { target, isMeant }
      }
    }
  }
  return { target: leadsOut ? { kind: 'outside' } : undefined, isMeant }
}
