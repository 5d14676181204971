/** depgate on depgate: everything this project depends on may be used. */
import { dependencies, describeDependencies } from 'depgate/vitest'
import { expect, test } from 'vitest'

test('the whole tree satisfies the policy', async () => {
  await expect(dependencies()).toSatisfyPolicy()
})

test('what ships is permissive', async () => {
  const permissive = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC0-1.0']
  const { packages } = await dependencies().production().resolve()
  expect(packages.length).toBeGreaterThan(30)
  await expect(dependencies().production()).toHaveLicensesIn([...permissive, 'CC-BY-3.0'])
})

test('a list that leaves a licence out is not met', async () => {
  await expect(expect(dependencies()).toHaveLicensesIn(['MIT'])).rejects.toThrow(
    /have a licence outside \[MIT\]/,
  )
})

test('an empty selection is a mistake, not a pass', async () => {
  const selection = dependencies().production().named('no-such-package')
  await expect(expect(selection).toSatisfyPolicy()).rejects.toThrow(
    "named('no-such-package') selects no package",
  )
})

await describeDependencies('every production dependency may be used', dependencies().production())
