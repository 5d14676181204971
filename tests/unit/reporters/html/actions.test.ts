import { describe, expect, test } from 'vitest'
import { RULE_IDS } from '#model/finding'
import type { Finding } from '#model/finding'
import { ACTIONS, matterTitle, toDo } from '#reporters/html/actions'
import { finding } from '../../../support/report.ts'

const ids = (all: ReturnType<typeof toDo>): string[] => all.map(({ action }) => action.id)

function named(license: string, at: number): Finding {
  return finding({ license, package: `p${at}@1.0.0`, fingerprint: String(at) })
}

describe('what a person has to do', () => {
  test('every rule leads somewhere, and nothing gets lost', () => {
    const all = RULE_IDS.map((rule) => finding({ rule, fingerprint: rule }))
    const groups = toDo(all)
    expect(groups.flatMap(({ matters }) => matters.flatMap(({ findings }) => findings))).toHaveLength(
      all.length,
    )
    expect(ids(groups).toSorted()).toEqual(
      ACTIONS.map(({ id }) => id)
        .filter((id) => id !== 'again')
        .toSorted(),
    )
  })

  test('what could not be checked is checked again, whatever the rule', () => {
    expect(ids(toDo([finding({ verdict: 'incomplete' })]))).toEqual(['again'])
  })

  test('what fails the run comes first', () => {
    const warning = finding({ rule: 'license-conflict', severity: 'warn', verdict: 'pass' })
    const denial = finding({ rule: 'exception-lapsed' })
    expect(ids(toDo([warning, denial]))).toEqual(['policy', 'decide'])
    expect(toDo([warning, denial])[0]).toMatchObject({ denied: 1, warned: 0 })
  })

  test('a licence is decided once for all packages that have it', () => {
    const [group] = toDo([named('MPL-2.0', 1), named('EPL-2.0', 2), named('MPL-2.0', 3)])
    expect(group?.matters.map(({ license, findings }) => [license, findings.length])).toEqual([
      ['MPL-2.0', 2],
      ['EPL-2.0', 1],
    ])
    expect(group?.matters.map((matter) => matterTitle(matter))).toEqual(['is not allowed', 'is not allowed'])
  })
})
