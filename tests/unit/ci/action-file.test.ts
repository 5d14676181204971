/** The action and the examples for CI, as files: nothing from outside becomes part of a script, nothing may write. */
import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { describe, expect, test } from 'vitest'
import { workflowFile, WORKFLOWS } from '#adopt/templates'
import { FORMATS } from '#reporters/reporter'
import { readAction, ROOT } from '../../support/action.ts'
import { isInstalled } from '../../support/tools.ts'

interface Step {
  uses?: string
  run?: string
  if?: string
  with?: Record<string, unknown>
}

interface Workflow {
  on: Record<string, unknown>
  permissions: Record<string, string>
  jobs: Record<string, { permissions?: Record<string, string>; 'timeout-minutes': number; steps: Step[] }>
}

interface GitlabJob {
  cache?: Record<string, unknown>
  variables: Record<string, string>
  before_script: string[]
  script: string[]
}

const action = readAction()
const scripts = new Map(action.runs.steps.map(({ id, run }) => [`action.yml, ${id}`, run]))
const folder = join(ROOT, 'docs/ci')
const read = (name: string): unknown => parse(readFileSync(join(folder, name), 'utf8'))
const gitlab = (read('gitlab.yml') as { depgate: GitlabJob }).depgate
const gitlabNight = (read('gitlab-schedule.yml') as { 'depgate-audit': GitlabJob })['depgate-audit']
scripts.set('gitlab.yml', [...gitlab.before_script, ...gitlab.script].join('\n'))
const workflows = readdirSync(folder)
  .filter((name) => name.endsWith('.yml') && !name.startsWith('gitlab'))
  .map((name): [string, Workflow] => [name, read(name) as Workflow])

function ownVersion(): string {
  return (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }).version
}

describe('the action', () => {
  test('is composite, and every step names its shell', () => {
    expect(action.runs.using).toBe('composite')
    expect(action.runs.steps.map(({ shell }) => shell)).toEqual(['bash', 'bash'])
  })

  test('no expression stands in a script: what comes from outside comes by the environment', () => {
    for (const { id, run } of action.runs.steps) expect(run, id).not.toContain('${{')
  })

  test('each input is used, and each that is used is there', () => {
    const used = new Set(
      action.runs.steps.flatMap(({ env }) =>
        Object.values(env).flatMap((text) => /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(text)?.[1] ?? []),
      ),
    )
    expect([...used].toSorted()).toEqual(Object.keys(action.inputs).toSorted())
  })

  test('each variable of a step is used in its script', () => {
    for (const { env, run } of action.runs.steps) {
      expect(
        Object.keys(env).filter((name) => !run.includes(`$${name}`) && !run.includes(`\${${name}:`)),
      ).toEqual([])
    }
  })

  test('each output of the judging step is given on, and no other', () => {
    const judge = action.runs.steps.find(({ id }) => id === 'judge')
    for (const [name, { value }] of Object.entries(action.outputs)) {
      expect(value).toBe(`\${{ steps.judge.outputs.${name} }}`)
      expect(judge?.run).toContain(`${name}=`)
    }
  })

  test('installs this very version unless told otherwise, without scripts', () => {
    const version = ownVersion()
    expect(action.inputs['version']?.default).toBe(version)
    for (const { variables } of [gitlab, gitlabNight]) expect(variables['DEPGATE_VERSION']).toBe(version)
    for (const [name, run] of scripts) {
      for (const line of run.split('\n').filter((text) => text.includes('npm install'))) {
        expect(line, name).toContain('--ignore-scripts')
      }
    }
  })

  test('runs nothing of the checkout', () => {
    for (const [name, run] of scripts) expect(run, name).not.toMatch(/\bnpx\b|npm (?:ci|run|test|exec)\b/)
  })
})

describe('the examples', () => {
  test('there is one for a pull request, with the action and without, the merge queue and the night', () => {
    expect(workflows.map(([name]) => name)).toEqual([
      'merge-queue.yml',
      'pull-request-npm.yml',
      'pull-request.yml',
      'schedule.yml',
    ])
  })

  test.each(workflows)('%s may only read, leaves no token in the checkout and ends', (name, workflow) => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
    for (const job of Object.values(workflow.jobs)) {
      expect(job['timeout-minutes']).toBeLessThanOrEqual(15)
      const checkout = job.steps.find(({ uses }) => uses?.startsWith('actions/checkout@'))
      expect(checkout?.with?.['persist-credentials']).toBe(false)
      const mayWrite = Object.entries(job.permissions ?? {}).filter(([, value]) => value === 'write')
      expect(mayWrite.map(([key]) => key)).toEqual(
        name === 'schedule.yml' ? ['security-events', 'issues'] : [],
      )
      for (const { run } of job.steps) expect(run ?? '').not.toContain('${{')
    }
  })

  test.each(workflows)('%s: inputs are those of the action', (_, workflow) => {
    for (const { uses, with: inputs = {} } of Object.values(workflow.jobs).flatMap(({ steps }) => steps)) {
      if (uses !== 'OWNER/depgate@COMMIT') continue
      expect(Object.keys(inputs).filter((key) => !(key in action.inputs))).toEqual([])
    }
  })

  test('the nights share no history with what a stranger can start, and keep it whatever they find', () => {
    const steps = workflows.find(([name]) => name === 'schedule.yml')?.[1].jobs['depgate']?.steps ?? []
    const [restore, save] = ['restore', 'save'].map((what) =>
      steps.find(({ uses }) => uses === `actions/cache/${what}@v4`),
    )
    expect(save?.with?.['path']).toBe(restore?.with?.['path'])
    expect(save?.with?.['key']).toBe(restore?.with?.['key'])
    expect(save?.if).toContain('always()')
    expect(gitlabNight.cache).toMatchObject({ when: 'always' })
    expect(gitlabNight.script.join('\n')).toContain('depgate" audit ')
  })

  test('a job that a stranger can start gets no secret and installs nothing', () => {
    for (const name of ['pull-request.yml', 'merge-queue.yml']) {
      const text = readFileSync(join(folder, name), 'utf8').replaceAll(/^ *#.*$/gm, '')
      expect(text).not.toMatch(/secrets\.|npm |pull_request_target|\brun:/)
      expect(text).toContain('fetch-depth: 0')
    }
  })
})

describe('what init writes', () => {
  const [github, gitlabJob] = WORKFLOWS.map((type): unknown => parse(workflowFile(type, '1.2.3').text))
  const { before_script: before, script } = (gitlabJob as { depgate: GitlabJob }).depgate
  const runs: [string, string[]][] = [
    ['github', (github as Workflow).jobs['dependencies']?.steps.flatMap(({ run }) => run ?? []) ?? []],
    ['gitlab', [...before, ...script]],
  ]

  test.each(runs)('%s calls the program that the package has, with flags that there are', (_, lines) => {
    const call = lines.at(-1) ?? ''
    expect(call).toMatch(
      /^"\$(?:RUNNER_TEMP\/depgate|DEPGATE_FOLDER)\/node_modules\/\.bin\/depgate" diff .*--format \w/,
    )
    for (const [, format] of call.matchAll(/--format (\w+)/g)) expect(FORMATS).toContain(format)
    expect(lines.join('\n')).not.toContain('${{')
  })

  // `npx vitest run --project unit tests/unit/ci --update` writes them anew.
  test.each([
    ['github', 'pull-request-npm.yml'],
    ['gitlab', 'gitlab.yml'],
  ] as const)('for %s is docs/ci/%s, to the last byte', async (type, name) => {
    await expect(workflowFile(type, ownVersion()).text).toMatchFileSnapshot(join(folder, name))
  })
})

const night: [string, string] = [
  'gitlab-schedule.yml',
  [...gitlabNight.before_script, ...gitlabNight.script].join('\n'),
]

describe.skipIf(!isInstalled('shellcheck', 'shellcheck'))('shellcheck', () => {
  test.each([...scripts, night])('has nothing to say about %s', (_, run) => {
    const { status, stdout } = spawnSync('shellcheck', ['--shell=bash', '-'], {
      input: run,
      encoding: 'utf8',
    })
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
  })

  test('would say something', () => {
    expect(spawnSync('shellcheck', ['--shell=bash', '-'], { input: 'rm -rf $x/*\n' }).status).toBe(1)
  })
})
