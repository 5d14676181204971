/** `depgate imports`: what it shows, and with which exit code. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli } from '../support/cli.ts'
import { SHOP } from '../support/recipe-shop.ts'

const base = mkdtempSync(join(tmpdir(), 'depgate-imports-'))
const [shop, broken] = [join(base, 'shop'), join(base, 'broken')]
const write = (folder: string, path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}
beforeAll(() => {
  for (const [path, text] of Object.entries(SHOP)) {
    write(shop, path, text)
    write(broken, path, text)
  }
  write(broken, 'src/domain/half.ts', 'import {')
})
afterAll(() => rmSync(base, { recursive: true, force: true }))

const depgate = (cwd: string, ...args: string[]) =>
  runCli(['imports', '--deadline', '1m', ...args], { cwd, home: base })

test('without a question there is an overview; a policy is not needed', async () => {
  const { code, stdout, stderr } = await depgate(shop)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain('12 source files, 4 imported packages, no circle')
})

test('each place of a package, and the way to it', async () => {
  const of = await depgate(shop, '--of', 'zod')
  expect(of.stdout).toBe('zod is imported at 1 place in 1 file\n\nsrc/domain/order.ts:1:19  import  "zod"\n')
  const why = await depgate(shop, '--why', './src/main.ts', 'zod')
  expect(why.code).toBe(0)
  expect(why.stdout).toContain('src/main.ts comes to zod by 3 imports')
})

test('what is not there is exit code 2', async () => {
  const gone = await depgate(shop, '--of', 'left-pad')
  expect(gone).toMatchObject({ code: 2, stderr: 'depgate: left-pad is neither imported nor declared\n' })
  expect((await depgate(shop, '--of', 'zod', '--graph', 'dot')).code).toBe(2)
})

test('where what a file imports is not known it is exit code 3', async () => {
  const { code, stdout, stderr } = await depgate(broken, '--graph', 'json')
  expect(code).toBe(3)
  expect(stderr).toContain('what src/domain/half.ts imports is not known')
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, files: 13, allCycles: 0 })
})

test('where an import by an expression may be one more, what is asked of one package ends with exit code 3', async () => {
  write(broken, 'src/domain/half.ts', 'export const load = (name: string) => import(name)')
  const of = await depgate(broken, '--of', 'zod')
  expect(of.code).toBe(3)
  expect(of.stderr).toContain('src/domain/half.ts imports is not known: It imports by an expression.')
  expect((await depgate(broken, '--why', 'src/domain/half.ts', 'zod')).code).toBe(3)
  expect((await depgate(broken, '--why', 'src/main.ts', 'zod')).code).toBe(0)
  expect((await depgate(broken)).code).toBe(0)
})
