/**
 * Writes data/license-groups.json, the licences that each group of a policy stands for, from the Blue Oak Council's
 * list, the SPDX licence list and what was decided by hand in data/license-choices.json; `--check` only compares.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { format, resolveConfig } from 'prettier'

const require = createRequire(import.meta.url)
const target = new URL('../data/license-groups.json', import.meta.url)
const choices = require('../data/license-choices.json')
const blueOak = require('@blueoak/list/index.json')
const spdx = require('spdx-license-list')
const ids = new Set([...require('spdx-license-ids'), ...require('spdx-license-ids/deprecated')])
/** SPDX replaced each of these ids by two, and a policy must say which of them it means. */
const GNU_WITHOUT_CHOICE = /^(?:[AL]?GPL|GFDL)-\d+\.\d+\+?$/

const rated = blueOak
  .filter(({ name }) => choices.permissiveRatings.includes(name))
  .flatMap(({ licenses }) => licenses.map(({ id }) => id))
const strangers = Object.keys(choices.notPermissive).filter((id) => !rated.includes(id))
const known = Object.keys(choices.permissiveToo).filter((id) => rated.includes(id))
if (known.length > 0) throw new Error(`added, but rated anyway: ${known.join(', ')}`)
if (strangers.length > 0) throw new Error(`left out, but never rated: ${strangers.join(', ')}`)

const groups = {
  permissive: {
    about:
      'Rated Model, Gold, Silver or Bronze by the Blue Oak Council, without those that license-choices.json leaves out, with those it adds.',
    licenses: sorted([
      ...rated.filter((id) => !Object.hasOwn(choices.notPermissive, id)),
      ...Object.keys(choices.permissiveToo),
    ]),
  },
  'weak-copyleft': {
    about: 'Copyleft that stops at the file or the library; chosen by hand in license-choices.json.',
    licenses: sorted(Object.keys(choices.weakCopyleft)),
  },
  content: {
    about: 'Attribution licences for texts, pictures and data; chosen by hand in license-choices.json.',
    licenses: sorted(Object.keys(choices.content)),
  },
  osi: {
    about:
      'Approved by the Open Source Initiative, as the SPDX licence list has it; copyleft of every kind among them.',
    licenses: sorted(Object.keys(spdx).filter((id) => spdx[id].osiApproved && !GNU_WITHOUT_CHOICE.test(id))),
  },
}
for (const [name, { licenses }] of Object.entries(groups)) {
  const unknown = licenses.filter((id) => !ids.has(id) || GNU_WITHOUT_CHOICE.test(id))
  if (unknown.length > 0) throw new Error(`group:${name} has what no policy may hold: ${unknown.join(', ')}`)
}

const sources = ['@blueoak/list', 'spdx-license-list'].map((name) => {
  const { version, license } = require(`${name}/package.json`)
  return { name, version, license }
})
const text = await format(
  JSON.stringify({ about: 'Made by scripts/presets.mjs; not to be edited.', sources, groups }),
  { ...(await resolveConfig(target)), parser: 'json' },
)

if (process.argv.includes('--check')) {
  if (readText(target) !== text) {
    process.stderr.write('data/license-groups.json is out of date: run "node scripts/presets.mjs"\n')
    process.exitCode = 1
  }
} else {
  writeFileSync(target, text)
}

function sorted(list) {
  return [...new Set(list)].toSorted((a, b) => (a < b ? -1 : 1))
}

function readText(url) {
  try {
    return readFileSync(url, 'utf8')
  } catch {
    return undefined
  }
}
