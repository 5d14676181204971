import { describe, expect, test } from 'vitest'
import type { ImportRules } from '#model/import-rules'
import type { Sketch } from '../../../support/import-sketch.ts'
import { found, told } from '../imports/told.ts'

const location = { file: 'depgate.config.json', line: 5 }
const layer = (name: string, ...files: string[]) => ({ name, files, imports: [], location })
const ban = (name: string, ...globs: string[]) => ({
  import: name,
  in: globs,
  except: [],
  reason: 'r',
  location,
})

test('globs that mean no file fail, each list by itself', () => {
  const rules = {
    production: ['src/mian.ts'],
    layers: [layer('domain', 'scr/**'), layer('web', 'src/**')],
    ban: [ban('x', 'nowhere/**'), ban('y', 'nowhere/**', 'src/**'), ban('z')],
  }
  expect(told({ files: { 'src/main.ts': [] } }, { rules })).toEqual([
    'imports-unmatched depgate.config.json:3 imports.production means no source file, so nothing would ship',
    'imports-unmatched depgate.config.json:5 the layer domain holds no source file',
    'imports-unmatched depgate.config.json:5 the ban of x means no source file',
  ])
  const [finding] = found('imports-unmatched', { files: { 'src/main.ts': [] } }, { rules })
  expect(finding).toEqual({
    rule: 'imports-unmatched',
    severity: 'deny',
    verdict: 'violation',
    message: 'imports.production means no source file, so nothing would ship',
    fix: 'Correct the globs, or remove the entry.',
    path: [],
    fingerprint: finding?.fingerprint,
    location: { file: 'depgate.config.json', line: 3 },
  })
})

test('if no file is looked at at all, that is what is said', () => {
  const rules = { files: ['scr/**'], layers: [layer('domain', 'scr/**')] }
  expect(told({ files: {} }, { rules })).toEqual([
    'imports-unmatched depgate.config.json:3 imports.files means no source file',
  ])
})

describe('is silent', () => {
  test.each<[string, Sketch['files'], Partial<ImportRules>]>([
    [
      'all mean something',
      { 'src/a.ts': [] },
      { files: ['src/**'], production: ['src/a.ts'], layers: [layer('d', 'src/**')] },
    ],
    ['a project without a source file', {}, {}],
    ['a ban of what nobody imports', { 'src/a.ts': [] }, { ban: [ban('x', 'src/**')] }],
    ['a layer without globs', { 'src/a.ts': [] }, { layers: [layer('d')] }],
  ])('%s', (_, files, rules) => {
    expect(told({ files }, { rules })).toEqual([])
  })
})

test('its fingerprint tells the entries apart', () => {
  const rules = {
    production: ['gone/**'],
    layers: [layer('a', 'gone/**'), layer('b', 'gone/**')],
    ban: [ban('x', 'gone/**'), ban('x', 'also/gone/**'), ban('y', 'gone/**'), ban('y', 'gone/**', 'off/**')],
  }
  const prints = found('imports-unmatched', { files: { 'a.ts': [] } }, { rules }).map(
    ({ fingerprint }) => fingerprint,
  )
  const whole = found('imports-unmatched', { files: {} }, { rules: { files: ['x/**'] } })
  const all = [...prints, ...whole.map(({ fingerprint }) => fingerprint)]
  expect(new Set(all).size).toBe(8)
  // As baselines and histories have them.
  expect(all.map((print) => print.slice(0, 8))).toEqual([
    'dfd60fe8',
    '7d45d674',
    'b4701e88',
    '2fc0eac7',
    '0bf1f2a6',
    '5e99938c',
    '99ac9415',
    'ce37e719',
  ])
})
