import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { releaseSteps } from '#forecast/release-steps'
import SemVer from 'semver/classes/semver.js'
import compareBuild from 'semver/functions/compare-build.js'
import gt from 'semver/functions/gt.js'
import satisfies from 'semver/functions/satisfies.js'

const VERSIONS = ['1.0.0', '1.0.5', '1.4.0', '2.0.0', '10.0.0']

test.each([
  ['1.0.0', ['~1.0.0'], { range: '1.0.5', minor: '1.4.0', major: '10.0.0' }],
  ['1.0.0', ['^1.0.0', '~1.0.0'], { range: '1.0.5', minor: '1.4.0', major: '10.0.0' }],
  ['1.0.0', ['*'], { range: '10.0.0', minor: '1.4.0', major: '10.0.0' }],
  ['1.0.0', [''], { range: '10.0.0', minor: '1.4.0', major: '10.0.0' }],
  ['1.0.0', ['1.0.0'], { minor: '1.4.0', major: '10.0.0' }],
  ['1.0.0', ['^1.0.0', '^2.0.0'], { minor: '1.4.0', major: '10.0.0' }],
  ['1.0.0', [], { minor: '1.4.0', major: '10.0.0' }],
  ['1.0.0', ['next'], { range: '2.0.0', minor: '1.4.0', major: '10.0.0' }],
  ['1.0.0', ['next', '^1.0.0'], { minor: '1.4.0', major: '10.0.0' }],
  ['1.0.0', ['gone'], { minor: '1.4.0', major: '10.0.0' }],
  ['1.0.0', [`^1.0.0 || ${'1.0.0 || '.repeat(60)}^1`], { minor: '1.4.0', major: '10.0.0' }],
  ['1.0.0', ['<1.1 || <=1.4.0'], { range: '1.4.0', minor: '1.4.0', major: '10.0.0' }],
  ['1.0.0', ['<=1.4.0 || <1.1'], { range: '1.4.0', minor: '1.4.0', major: '10.0.0' }],
  ['1.0.0', ['~1.0.0 || >=2'], { range: '10.0.0', minor: '1.4.0', major: '10.0.0' }],
  ['1.0.0', ['>=2 || ~1.0.0'], { range: '10.0.0', minor: '1.4.0', major: '10.0.0' }],
  ['1.0.0', ['~1.0.0 || 2.0.0'], { range: '2.0.0', minor: '1.4.0', major: '10.0.0' }],
  ['1.0.0', ['2.0.0 || ~1.0.0'], { range: '2.0.0', minor: '1.4.0', major: '10.0.0' }],
  ['2.0.0', ['>=1'], { range: '10.0.0', major: '10.0.0' }],
  ['10.0.0', ['*'], {}],
])('%s, asked for by %j', (installed, specs, steps) => {
  const later = VERSIONS.filter((version) => gt(version, installed)).map((version) => new SemVer(version))
  const found = releaseSteps(installed, specs, { later, tags: new Map([['next', '2.0.0']]) })
  expect(Object.fromEntries(found)).toEqual(steps)
})

test('a range takes what semver takes, however it is bounded', () => {
  const number = fc.integer({ min: 0, max: 3 })
  const version = fc
    .tuple(number, number, number, fc.constantFrom('', '', '-a', '-0', '+b'))
    .map(([major, minor, patch, end]) => `${major}.${minor}.${patch}${end}`)
  const bound = fc
    .tuple(fc.constantFrom('', '^', '~', '<', '<=', '>', '>='), version)
    .map((each) => each.join(''))
  const part = fc.array(bound, { minLength: 1, maxLength: 2 }).map((each) => each.join(' '))
  const range = fc
    .array(fc.oneof(part, fc.constant('*')), { minLength: 1, maxLength: 3 })
    .map((each) => each.join(' || '))
  fc.assert(
    fc.property(range, fc.uniqueArray(version, { maxLength: 12 }), (spec, versions) => {
      const sorted = versions.toSorted(compareBuild)
      const later = sorted.map((each) => new SemVer(each))
      const found = releaseSteps('0.0.0', [spec], { later, tags: new Map() })
      expect(found.get('range')).toBe(sorted.findLast((each) => satisfies(each, spec)))
    }),
    { numRuns: 500 },
  )
})
