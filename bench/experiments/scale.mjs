/** From a thousand to fifty thousand packages: the cost of one of them must not grow with their number. */
import { goal } from '../goals.mjs'
import { openProject } from '../measured-project.mjs'
import { measureTogether, named } from '../together.mjs'

const COUNTS = [1000, 4000, 10_000, 50_000]
const DEADLINE_S = 10
/** npm takes a time that grows with the square of what lies in one folder; here it is a twelfth of all packages. */
const SHAPE = 'deep'

/** Takes minutes. What every process pays, however small its tree, is taken off first. */
export async function flat(bench) {
  const measured = []
  const each = new Map()
  for (const count of COUNTS) {
    const project = await openProject(bench.generated(count, SHAPE))
    try {
      project.prime()
      const found = await measureTogether(
        [
          { name: ours(count), kind: 'ours', command: project.depgate(), memory: true },
          { name: reader(count), kind: 'reference', command: project.bareReader() },
          { name: `${count}: node -e 0`, kind: 'reference', command: project.nothing() },
        ],
        3,
      )
      measured.push(...found)
      const own =
        named(found, ours(count)).seconds.median - named(found, `${count}: node -e 0`).seconds.median
      each.set(count, own / count)
    } finally {
      project.close()
    }
  }
  const most = COUNTS.at(-1)
  const micro = COUNTS.map((count) => `${count}: ${(each.get(count) * 1e6).toFixed(0)} µs`).join(', ')
  return {
    title: 'Warm, 1,000 to 50,000 packages (generated, deep)',
    packages: most,
    measured,
    goals: [
      goal(
        'warm, 50,000 packages',
        'the deadline',
        named(measured, ours(most)).seconds.median * 1000,
        DEADLINE_S * 1000,
        { unit: 'ms' },
      ),
      goal('cost of a package at 50,000', 'the same at 1,000', each.get(most) / each.get(COUNTS[0]), 1.5, {
        detail: micro,
      }),
    ],
  }
}

function ours(count) {
  return `${count}: depgate, warm`
}

function reader(count) {
  return `${count}: reading the same files`
}
