/** `depgate rules [id]`: what depgate objects to, and the page of one rule; reads no project and no policy. */
import { nearest } from '#config/nearest'
import { EXIT_CODE } from '#model/exit-code'
import type { ExitCode } from '#model/exit-code'
import { isRuleId, RULE_IDS } from '#model/finding'
import { display } from '#reporters/display'
import { rulePage, rulesList } from '#reporters/rules'
import { readRulePage } from '../rule-pages.ts'
import { print, printError, terminalWidth, wantsColor } from '../terminal.ts'

/** Lists all rules, or prints the page of one; exit code 2 for an id that is none. */
export async function rules(id: string | undefined, flags: { color: boolean }): Promise<ExitCode> {
  const style = { width: terminalWidth(), color: wantsColor(flags) }
  if (id === undefined) {
    await print(rulesList(style))
    return EXIT_CODE.pass
  }
  if (!isRuleId(id)) {
    const near = nearest(id, RULE_IDS)
    const hint = near === undefined ? 'depgate rules lists them all' : `did you mean ${near}?`
    await printError(`depgate: ${display(id, 100)} is no rule; ${hint}\n`)
    return EXIT_CODE.usage
  }
  await print(rulePage(readRulePage(id), style))
  return EXIT_CODE.pass
}
