/** What is known of a common tool by its configuration: where it lies, and what the names in it stand for. */

/** A tool that uses packages without importing them. */
export interface Tool {
  /** Used where it is configured: the tool itself, and what runs it. */
  packages: readonly string[]
  /** Names of its files, anywhere in a package; `*` stands for any text. */
  files?: readonly string[]
  /** Folders of a package all of whose files are its own. */
  folders?: readonly string[]
  /** Keys of package.json; with a dot for one inside another. */
  fields?: readonly string[]
  /**
   * What a name in its configuration may stand for, besides a package of that very name: `{}` is the name, `{scope}` what
   * stands before its slash. `only` says that a name alone is no use, as in lists of what to leave out.
   */
  names?: readonly string[]
  only?: true
  /** Commands stand in it. */
  commands?: true
}
