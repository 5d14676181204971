/** Inputs of a snapshot in other places: the same bytes at the places that mean the same, or none. */
import { describe, expect, test } from 'vitest'
import { inputsHere, portableInputs } from '#snapshot/portable'
import type { Places } from '#snapshot/portable'
import type { Inputs } from '#snapshot/snapshot'

const HERE: Places = { project: '/projects/one', home: '/home/ann', execPath: '/opt/node/bin/node' }
const THERE: Places = { project: '/builds/two', home: '/home/zoe', execPath: '/opt/node/bin/node' }

const looked = (root: string, looks: string[], digest: string) => ({ root, looks, digest })
const tool = looked('/tool', ['f:dist/build-stamp'], 'tool')
const policy = looked('/projects/one', ['F:depgate.config.json'], 'policy')

function inputs({ npmrc = [], tree = [] }: { npmrc?: string[]; tree?: string[] } = {}): Inputs {
  return {
    around: [tool, policy, looked(HERE.project, ['F:.npmrc', ...npmrc], 'npmrc')],
    tree: [looked(HERE.project, ['f:package-lock.json'], 'lock'), looked(HERE.project, tree, 'tree')],
    variables: ['TOKEN'],
    environment: 'as it is here',
  }
}

const here = {
  tool: looked('/other/tool', ['f:dist/build-stamp'], 'tool'),
  policy: looked('/builds/two', ['F:depgate.config.json'], 'policy'),
  environment: 'portable',
  localEnvironment: 'as it is there',
}

test('the project and the .npmrc of the user are found where they are there', () => {
  const given = inputs({
    npmrc: ['F16777216:/home/ann/.npmrc', 'F16777216:/opt/node/etc/npmrc'],
    tree: [
      'r:/projects/one',
      'f100:node_modules/a/package.json',
      'F:/opt/node/lib/node_modules/npm/package.json',
    ],
  })
  const portable = portableInputs(given, HERE, 'portable')
  expect(JSON.stringify(portable)).not.toMatch(/ann|projects/)
  expect(portable && inputsHere(portable, THERE, here)).toEqual({
    around: [
      here.tool,
      here.policy,
      looked(
        '/builds/two',
        ['F:.npmrc', 'F16777216:/home/zoe/.npmrc', 'F16777216:/opt/node/etc/npmrc'],
        'npmrc',
      ),
    ],
    tree: [
      looked('/builds/two', ['f:package-lock.json'], 'lock'),
      looked(
        '/builds/two',
        [
          'r:/builds/two',
          'f100:node_modules/a/package.json',
          'F:/opt/node/lib/node_modules/npm/package.json',
        ],
        'tree',
      ),
    ],
    variables: ['TOKEN'],
    environment: 'as it is there',
  })
})

describe('nothing travels', () => {
  test.each<[what: string, given: Inputs]>([
    ['that lies elsewhere in the home', inputs({ npmrc: ['F:/home/ann/.npm-global/etc/npmrc'] })],
    ['that a link leads to', inputs({ tree: ['f:/projects/library/package.json'] })],
    ['that was seen from another folder', { ...inputs(), tree: [looked('/projects', [], 'tree')] }],
    ['of which more was looked at than is known', { ...inputs(), around: [...inputs().around, tool] }],
    ['of which less was', { ...inputs(), around: inputs().around.slice(1) }],
  ])('%s', (_what, given) => {
    expect(portableInputs(given, HERE, 'portable')).toBeUndefined()
  })
})

test('where Node lies in the home, other files there travel by their own names', () => {
  const places = { ...HERE, execPath: '/home/ann/.node/bin/node' }
  const given = inputs({ npmrc: ['F:/home/ann/.node/etc/npmrc'] })
  expect(portableInputs(given, places, 'portable')?.around[2]?.looks).toEqual(given.around[2]?.looks)
})

describe('nothing arrives', () => {
  const portable = portableInputs(inputs(), HERE, 'portable')

  test.each<[what: string, more: Partial<typeof here>]>([
    ['at another depgate', { tool: looked('/other/tool', [], 'newer') }],
    ['at another policy', { policy: looked('/builds/two', [], 'stricter') }],
    ['in another environment', { environment: 'other' }],
  ])('%s', (_what, more) => {
    expect(portable && inputsHere(portable, THERE, { ...here, ...more })).toBeUndefined()
  })
})
