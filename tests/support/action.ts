/** Runs the steps of the action as GitHub's runner would, as far as it matters: expressions, environment, outputs. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'

/** Folder of this project. */
export const ROOT = resolve(import.meta.dirname, '../..')

/** A step of a composite action. */
export interface ActionStep {
  name: string
  id: string
  shell: string
  env: Record<string, string>
  run: string
}

/** The action's file. */
export interface Action {
  inputs: Record<string, { description: string; default: string }>
  outputs: Record<string, { value: string }>
  runs: { using: string; steps: ActionStep[] }
}

/** What a run of the action came to. */
export interface ActionResult {
  /** Of the step that failed, else 0. */
  code: number
  log: string
  outputs: Record<string, string>
  summary: string
}

/** Reads `action.yml`. */
export function readAction(): Action {
  return parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as Action
}

/** Runs all steps in `checkout`, with a new home and a new temporary folder below `work`. */
export async function runAction(options: {
  checkout: string
  work: string
  inputs: Record<string, string>
  /** Values of `github.…` expressions. */
  github?: Record<string, string>
  env?: Record<string, string>
  /** The home folder; a new one by default. */
  home?: string
}): Promise<ActionResult> {
  const action = readAction()
  const work = mkdtempSync(join(options.work, 'runner-'))
  const folders = { home: options.home ?? join(work, 'home'), temp: join(work, 'temp') }
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true })
  const files = { output: join(work, 'output'), summary: join(work, 'summary') }
  writeFileSync(files.summary, '')
  const values: Record<string, string> = {}
  for (const [name, { default: value }] of Object.entries(action.inputs)) {
    values[`inputs.${name}`] = options.inputs[name] ?? value
  }
  for (const [name, value] of Object.entries(options.github ?? {})) values[`github.${name}`] = value
  const fill = (text: string): string =>
    text.replaceAll(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => values[name] ?? '')
  let [code, log] = [0, '']
  for (const step of action.runs.steps) {
    writeFileSync(files.output, '')
    const script = join(work, `${step.id}.sh`)
    writeFileSync(script, step.run)
    const env = {
      PATH: process.env['PATH'],
      HOME: folders.home,
      RUNNER_TEMP: folders.temp,
      GITHUB_OUTPUT: files.output,
      GITHUB_STEP_SUMMARY: files.summary,
      ...options.env,
      ...Object.fromEntries(Object.entries(step.env).map(([name, text]) => [name, fill(text)])),
    }
    const result = await runScript(script, options.checkout, env)
    log += result.log
    for (const line of readFileSync(files.output, 'utf8').split('\n')) {
      const at = line.indexOf('=')
      if (at > 0) values[`steps.${step.id}.outputs.${line.slice(0, at)}`] = line.slice(at + 1)
    }
    if (result.code !== 0) {
      code = result.code
      break
    }
  }
  const outputs = Object.fromEntries(
    Object.entries(action.outputs).map(([name, { value }]) => [name, fill(value)]),
  )
  return { code, log, outputs, summary: readFileSync(files.summary, 'utf8') }
}

/** Runs one script in `cwd` as a step of a workflow is run, with no other environment than `env`. */
export function runScript(
  script: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<{ code: number; log: string }> {
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const out: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => out.push(chunk))
  return new Promise((done, reject) => {
    child.once('error', reject)
    child.once('close', (code) => done({ code: code ?? 1, log: Buffer.concat(out).toString('utf8') }))
  })
}
