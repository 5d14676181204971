/** The part of `@npmcli/config` that is used; it brings no types of its own. */
declare module '@npmcli/config' {
  /** Where a value came from, lowest priority first. */
  type Where = 'default' | 'builtin' | 'global' | 'user' | 'project' | 'env' | 'cli'
  type Flatten = (values: Record<string, unknown>, flat: Record<string, unknown>) => unknown
  interface Definition {
    flatten?: (key: string, values: Record<string, unknown>, flat: Record<string, unknown>) => void
  }
  export default class Config {
    constructor(options: {
      definitions: Record<string, Definition>
      shorthands: Record<string, string[]>
      flatten: Flatten
      nerfDarts: string[]
      npmPath: string
      env: Record<string, string>
      argv: string[]
      execPath: string
      cwd: string
      warn: boolean
    })
    load(): Promise<void>
    get(key: string, where?: Where): unknown
    set(key: string, value: unknown, where: Where): void
    parseField(value: unknown, key: string): unknown
    readonly flat: Record<string, unknown>
  }
}

declare module '@npmcli/config/lib/definitions/index.js' {
  const content: {
    definitions: Record<
      string,
      {
        default?: unknown
        flatten?: (key: string, values: Record<string, unknown>, flat: Record<string, unknown>) => void
      }
    >
    shorthands: Record<string, string[]>
    nerfDarts: string[]
  }
  export default content
}

declare module '@npmcli/config/lib/env-replace.js' {
  export default function envReplace(text: string, env: Record<string, string>): string
}
