/**
 * Judges packages whose licence is hard to tell: node scripts/hard-licenses.mjs [list.json] [folder]
 *
 * The list names packages with the licence that a person found for each. They are installed as aliases of one project
 * (in the folder, if one is given and empty or from an earlier run) and judged under two policies: depgate:permissive
 * and all licences that the OSI approves. Exit 1 on a false pass, or if less than nine in ten of the packages that have
 * a proper expression get it; hard-cases.mjs says what counts as what.
 */
import { askDepgate, countAnswers, POLICIES, prepareCases, setPolicy } from './hard-cases.mjs'

const { cases, project } = prepareCases(process.argv[2], process.argv[3])
let failures = 0
for (const [title, policy] of Object.entries(POLICIES)) {
  const allow = setPolicy(project, policy)
  const { counts, rows } = countAnswers(cases, askDepgate(cases, project), allow)
  console.log(`\n${title}`)
  for (const { expected, answer, verdict, mark, isFalsePass } of rows) {
    const shown = isFalsePass ? 'FALSE PASS' : mark === 'wrong' ? 'WRONG' : mark
    const id = `${expected.name}@${expected.version}`
    console.log(
      `  ${shown.padEnd(10)} ${verdict.padEnd(10)} ${id.padEnd(40)} ${answer}  (${expected.expected_spdx})`,
    )
  }
  const share = Math.floor((1000 * counts.properExact) / counts.proper) / 10
  console.log(
    `  ${counts.falsePass} false passes, ${counts.wrong} wrong; exact ${counts.properExact} of ${counts.proper} (${share} %), ${counts.doubt} doubts in all`,
  )
  if (counts.falsePass > 0 || share < 90) failures += 1
}
process.exit(failures === 0 ? 0 : 1)
