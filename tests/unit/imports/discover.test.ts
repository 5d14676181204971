/** Which files of a project are scanned. */
import { execFileSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addFiles, emptyFolder, makeProject } from '../collectors/project-folder.ts'
import type { ProjectFiles } from '../collectors/project-folder.ts'
import { graphOf, scanOf } from './scanned.ts'

async function pathsOf(files: ProjectFiles, more?: Parameters<typeof graphOf>[1]): Promise<string[]> {
  const graph = await graphOf({ 'package.json': {}, ...files }, more)
  return graph.files.map(({ path }) => path)
}

async function pathsAt(project: string): Promise<string[]> {
  const scanned = await scanOf(project)
  return scanned.ok ? scanned.value.files.map(({ path }) => path) : [scanned.failure.code]
}

describe('scanned', () => {
  test('every kind of source, wherever it lies, and nothing else', async () => {
    const names = [
      'a.ts',
      'b.tsx',
      'c.mts',
      'd.cts',
      'e.js',
      'f.jsx',
      'g.mjs',
      'h.cjs',
      'i.vue',
      'j.svelte',
      'k.astro',
      'l.d.ts',
    ]
    const files = Object.fromEntries(names.map((name) => [`src/${name}`, '']))
    const odd = {
      'src/a.css': '',
      'src/a.json': '{}',
      'src/ts': '',
      '.storybook/main.ts': '',
      'dist/a.js': '',
    }
    expect(await pathsOf({ ...files, ...odd })).toEqual([
      '.storybook/main.ts',
      'dist/a.js',
      ...names.map((name) => `src/${name}`),
    ])
  })

  test('nothing of node_modules, of git, of other repositories, and behind links', async () => {
    const files = {
      'a.ts': '',
      'node_modules/x/a.js': '',
      'src/node_modules/y/a.js': '',
      '.git/hooks/a.js': '',
      'sub/.git': 'gitdir: ../.git/modules/sub',
      'sub/a.ts': '',
      'clone/.git/HEAD': '',
      'clone/a.ts': '',
      'loop/back': { link: '..' },
      'linked.ts': { link: 'a.ts' },
    }
    expect(await pathsOf(files)).toEqual(['a.ts'])
  })

  test('a workspace that is a repository of its own', async () => {
    const files = {
      'package.json': { workspaces: ['packages/*'] },
      'packages/a/package.json': {},
      'packages/a/.git': '',
      'packages/a/a.ts': '',
    }
    expect(await pathsOf(files)).toEqual(['packages/a/a.ts'])
  })

  test('by the globs of the policy', async () => {
    const files = { 'src/a.ts': '', 'src/gen/b.ts': '', 'tests/c.ts': '' }
    expect(await pathsOf(files, { files: ['src/**'], ignore: ['**/gen/**'] })).toEqual(['src/a.ts'])
  })

  test('names that nobody expects', async () => {
    const names = [
      'new\nline.ts',
      'back\\slash.ts',
      '__proto__.ts',
      ' .ts',
      '😀.ts',
      '[id].ts',
      'a'.repeat(250) + '.ts',
    ]
    expect(await pathsOf(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(names.toSorted())
  })
})

describe('left out because git ignores it', () => {
  test('by nested files, negation and the exclude file, without any repository too', async () => {
    const files = {
      '.gitignore': 'dist/\n*.gen.ts\n!kept.gen.ts\n/only-top.ts',
      'dist/a.js': '',
      'a.gen.ts': '',
      'kept.gen.ts': '',
      'only-top.ts': '',
      'deep/only-top.ts': '',
      'deep/.gitignore': '!a.gen.ts\nout',
      'deep/a.gen.ts': '',
      'deep/b.gen.ts': '',
      'deep/out/x.ts': '',
      'out/y.ts': '',
    }
    const kept = ['deep/a.gen.ts', 'deep/only-top.ts', 'kept.gen.ts', 'out/y.ts']
    expect(await pathsOf(files)).toEqual(kept)
    expect(await pathsOf({ ...files, '.git/info/exclude': 'y.ts\nkept.*' })).toEqual(kept.slice(0, 3))
  })

  test('by the repository that the project is a part of, and of a worktree', async () => {
    const top = emptyFolder()
    execFileSync('git', ['init', '-q', join(top, 'main')])
    const project = join(top, 'main/packages/a')
    addFiles(top, {
      'main/.gitignore': 'packages/a/gen/\n/src/',
      'main/packages/.gitignore': 'tmp.ts',
      'main/.git/info/exclude': 'private.ts',
      'main/packages/a/package.json': {},
      'main/packages/a/src/a.ts': '',
      'main/packages/a/gen/b.ts': '',
      'main/packages/a/tmp.ts': '',
      'main/packages/a/private.ts': '',
    })
    expect(await pathsAt(project)).toEqual(['src/a.ts'])
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.example', ...args], {
        cwd: join(top, 'main'),
      })
    git('commit', '-q', '--allow-empty', '-m', 'x')
    git('worktree', 'add', '-q', '../other')
    addFiles(top, { 'other/package.json': {}, 'other/private.ts': '', 'other/b.ts': '' })
    expect(await pathsAt(join(top, 'other'))).toEqual(['b.ts'])
  })

  test('but not the whole project, where the repository around it ignores that', async () => {
    const top = emptyFolder()
    addFiles(top, {
      '.git/HEAD': '',
      '.gitignore': '/built/',
      'built/p/package.json': {},
      'built/p/a.ts': '',
    })
    expect(await pathsAt(join(top, 'built/p'))).toEqual(['a.ts'])
    addFiles(top, { '.gitignore': '*' })
    expect(await pathsAt(join(top, 'built/p'))).toEqual(['a.ts'])
  })
})

test('a folder that cannot be listed is a problem, and no silence', async () => {
  const project = makeProject({ 'package.json': {}, 'a.ts': '', 'closed/b.ts': '' })
  chmodSync(join(project, 'closed'), 0o000)
  const scanned = await scanOf(project)
  chmodSync(join(project, 'closed'), 0o755)
  const asRoot = process.getuid?.() === 0
  expect(scanned.ok && scanned.value.files.map(({ path, problem }) => [path, problem?.code])).toEqual(
    asRoot
      ? [
          ['a.ts', undefined],
          ['closed/b.ts', undefined],
        ]
      : [
          ['a.ts', undefined],
          ['closed', 'unreadable'],
        ],
  )
})

test('the scan ends when the time is over', async () => {
  const files = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`src/${at}.ts`, '']))
  const scanned = await scanOf(makeProject({ 'package.json': {}, ...files }), { goOn: () => false })
  expect(scanned.ok ? undefined : scanned.failure.code).toBe('deadline')
})

test('files belong to the nearest own package', async () => {
  const graph = await graphOf({
    'package.json': { name: 'root', workspaces: ['packages/*'] },
    'packages/a/package.json': { name: 'a' },
    'packages/a/src/cjs/package.json': { type: 'commonjs' },
    'packages/a/src/cjs/x.ts': '',
    'packages/none/y.ts': '',
    'z.ts': '',
  })
  expect(graph.files.map(({ path, workspace }) => `${path} ${workspace}`)).toEqual([
    'packages/a/src/cjs/x.ts packages/a',
    'packages/none/y.ts .',
    'z.ts .',
  ])
  expect(graph.packages.map(({ location, name }) => [location, name])).toEqual([
    ['.', 'root'],
    ['packages/a', 'a'],
  ])
})

test('folders as deep as a path may be, and rules in each of them', async () => {
  const folder = Array.from({ length: 900 }, () => 'd').join('/')
  const files = {
    [`${folder}/a.ts`]: "import './b'",
    [`${folder}/b.ts`]: '',
    [`${folder}/c.ts`]: '',
    'd/.gitignore': 'c.ts',
    'd/d/.gitignore': 'x/**/y',
  }
  const graph = await graphOf({ 'package.json': {}, ...files })
  expect(graph.files.map(({ path }) => path.slice(-4))).toEqual(['a.ts', 'b.ts'])
  expect(graph.files[0]?.imports[0]?.target).toEqual({ kind: 'file', path: `${folder}/b.ts` })
})

test('it is asked whether to go on by the work that the rules make, however few entries there are', async () => {
  const sources = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`src/abc${at}.ts`, '']))
  const asked = async (rules: number): Promise<number> => {
    let count = 0
    const goOn = (): boolean => ++count > 0
    await pathsOf({ ...sources, '.gitignore': '*a?b*x\n'.repeat(rules) }, { goOn })
    return count
  }
  const before = await asked(1)
  expect(await asked(20)).toBe(before)
  expect(await asked(3000)).toBeGreaterThanOrEqual(before + 30)
  const scanned = await scanOf(
    makeProject({ 'package.json': {}, ...sources, '.gitignore': '*a?b*x\n'.repeat(3000) }),
    {
      goOn: () => false,
    },
  )
  expect(scanned).toMatchObject({
    ok: false,
    failure: { code: 'deadline', message: 'The time was over before all source files were found.' },
  })
})
