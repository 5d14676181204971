/** The flags of `depgate imports`. */
import { Option } from 'commander'
import type { Command } from 'commander'
import { addPlaceFlags, cacheDirectoryOption, DEADLINE } from './options.ts'

/** Languages in which the graph is written. */
export const GRAPH_FORMATS = ['mermaid', 'dot', 'json'] as const

/** Parsed flags of the command. */
export interface ImportsFlags {
  project: string
  config?: string
  graph?: (typeof GRAPH_FORMATS)[number]
  files?: true
  of?: string
  /** File and package. */
  why?: string[]
  output?: string
  deadline?: string
  cacheDir?: string
  cache: boolean
  color: boolean
}

/** What stands below the flags in the help of the command. */
export const IMPORTS_HELP = `
depgate imports                             folders, packages, circles, and what nobody can know
depgate imports --graph mermaid             the same as a picture for Markdown
depgate imports --graph dot | dot -Tsvg     … for Graphviz
depgate imports --graph json --files        … for programs, file by file
depgate imports --of lodash                 each place that imports a package; node:fs is a part of Node
depgate imports --why src/main.ts lodash    the shortest way from a file to a package

Nothing of the project is run, and neither npm nor a registry is asked. A policy is not needed; if there is one,
imports.files and imports.ignore say which files are looked at.

Exit codes: 0 it was shown.
            2 there is no such file or package, or the flags are wrong.
            3 what some files import is not known: what was shown may not be all.
`

/** Adds its flags to the command. */
export function addImportsFlags(command: Command): Command {
  return addPlaceFlags(command)
    .addOption(new Option('--graph <format>', 'write the graph').choices(GRAPH_FORMATS))
    .option('--files', 'with --graph: a node for each file, not for each folder')
    .option('--of <package>', 'each place that imports a package')
    .option('--why <file> <package...>', 'the shortest way from a file to a package')
    .option('-o, --output <file>', 'write to a file instead of stdout')
    .option(...DEADLINE)
    .addOption(cacheDirectoryOption())
    .option('--no-cache', 'neither read nor write the disk cache')
    .option('--no-color', 'no colours')
    .addHelpText('after', IMPORTS_HELP)
}
