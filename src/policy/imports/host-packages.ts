/** Packages that the program which starts the code brings along: they are declared for their types, or to try it out. */
const HOSTS: ReadonlySet<string> = new Set(['atom', 'electron', 'obsidian', 'vscode'])

/** Whether a package is one of them. */
export function isOfHost(name: string): boolean {
  return HOSTS.has(name)
}
