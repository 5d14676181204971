import { delimiter, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findNpm } from '#collectors/npm-program'
import { addFiles, emptyFolder, makeProject } from './project-folder.ts'

const CLI = 'lib/node_modules/npm/bin/npm-cli.js'

/** A folder with a node and an npm as they are installed on Linux. */
function installation(): string {
  const folder = emptyFolder()
  addFiles(folder, { 'bin/node': '', [CLI]: '', 'bin/npm': { link: `../${CLI}` } })
  return folder
}

describe('findNpm', () => {
  test('believes npm_execpath only where it is npm, outside the project', () => {
    const here = installation()
    const beside = installation()
    const project = makeProject({ 'node_modules/npm/bin/npm-cli.js': '', 'yarn.js': '' })
    const find = (npm_execpath: string) =>
      findNpm({ project, env: { npm_execpath }, execPath: join(beside, 'bin/node') })
    expect(find(join(here, CLI))).toEqual({ ok: true, value: join(here, CLI) })
    for (const bad of [
      join(project, 'node_modules/npm/bin/npm-cli.js'),
      join(here, 'yarn.js'),
      './npm-cli.js',
      '/nowhere/npm-cli.js',
    ]) {
      expect(find(bad), bad).toEqual({ ok: true, value: join(beside, CLI) })
    }
  })

  test('a link outside that leads into the project is inside', () => {
    const beside = installation()
    const elsewhere = emptyFolder()
    const project = makeProject({ 'npm-cli.js': '' })
    addFiles(elsewhere, { 'npm-cli.js': { link: join(project, 'npm-cli.js') } })
    const found = findNpm({
      project,
      env: { npm_execpath: join(elsewhere, 'npm-cli.js') },
      execPath: join(beside, 'bin/node'),
    })
    expect(found).toEqual({ ok: true, value: join(beside, CLI) })
  })

  test.each([
    ['Windows', 'node.exe', 'node_modules/npm/bin/npm-cli.js'],
    ['Debian', 'bin/node', 'share/nodejs/npm/bin/npm-cli.js'],
  ])('knows the layout of %s', (_, node, cli) => {
    const folder = emptyFolder()
    addFiles(folder, { [node]: '', [cli]: '' })
    expect(findNpm({ project: emptyFolder(), env: {}, execPath: join(folder, node) })).toEqual({
      ok: true,
      value: join(folder, cli),
    })
  })

  test('on the PATH a planted npm is passed over', () => {
    const there = installation()
    const project = makeProject({
      'node_modules/.bin/npm': '#!/bin/sh',
      'npm-cli.js': '',
      npm: { link: 'npm-cli.js' },
    })
    const PATH = ['.', '', join(project, 'node_modules/.bin'), project, join(there, 'bin')].join(delimiter)
    const execPath = join(emptyFolder(), 'bin/node')
    expect(findNpm({ project, env: { PATH }, execPath })).toEqual({ ok: true, value: join(there, CLI) })
    expect(findNpm({ project, env: { PATH: project }, execPath })).toMatchObject({
      ok: false,
      failure: { code: 'npm-not-found' },
    })
  })
})
