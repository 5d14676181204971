/** Which packages the configurations of TypeScript's of an own package use. */
import type { OwnManifest } from './own-packages.ts'
import type { Project } from './project.ts'
import { typesPackage } from './specifier.ts'
import type { ToolUse } from './tool-use.ts'
import { AMBIENT_TYPES } from './tools/known-packages.ts'
import type { TsConfig } from './tsconfig.ts'

/** Uses by configurations: what they extend, types, plugins, where JSX comes from; and TypeScript itself. */
export function configUses(project: Project, manifest: OwnManifest, configs: readonly TsConfig[]): ToolUse[] {
  return configs.flatMap(({ path, packages, types, jsxSource }) => {
    const listed = (types ?? []).filter((name) => !name.startsWith('.')).map(packageOf)
    const names = [
      ...(path.slice(path.lastIndexOf('/') + 1).startsWith('ts') ? ['typescript'] : []),
      ...packages.map(packageOf),
      ...listed,
      ...listed.map(typesPackage),
      ...(types === undefined ? AMBIENT_TYPES : []),
      ...(jsxSource === undefined ? [] : [packageOf(jsxSource)]),
    ]
    return names
      .filter((name) => project.specOf(manifest, name) !== undefined)
      .map((name) => ({ name, by: path }))
  })
}

function packageOf(specifier: string): string {
  return /^(?:@[^/]*\/)?[^/]*/.exec(specifier)?.[0] ?? specifier
}
