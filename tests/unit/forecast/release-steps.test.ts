import { expect, test } from 'vitest'
import { releaseSteps } from '#forecast/release-steps'
import SemVer from 'semver/classes/semver.js'
import gt from 'semver/functions/gt.js'

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
  ['2.0.0', ['>=1'], { range: '10.0.0', major: '10.0.0' }],
  ['10.0.0', ['*'], {}],
])('%s, asked for by %j', (installed, specs, steps) => {
  const later = VERSIONS.filter((version) => gt(version, installed)).map((version) => new SemVer(version))
  const found = releaseSteps(installed, specs, { later, tags: new Map([['next', '2.0.0']]) })
  expect(Object.fromEntries(found)).toEqual(steps)
})
