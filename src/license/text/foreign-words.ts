/** Words of other languages that say something about what may be done: a licence is read in English, so a line in another one may at most be a name. */
import { wordSet } from './word-set.ts'

const FOREIGN_WORDS = wordSet(`
  nicht nichts kein keine keinen keiner nur ausser außer ausgenommen verboten untersagt erlaubt gestattet darf dürfen
  nutzung nutzen verwendung verwenden benutzung kommerziell kommerzielle kommerziellen kommerzieller nichtkommerziell
  nichtkommerzielle nichtkommerziellen zweck zwecke zwecken lizenz lizenzen
  pas seulement uniquement sauf interdit interdite interdits interdites utilisation commerciale commerciales commerciaux
  autorisé autorisée autorisation
  salvo excepto prohibido prohibida prohibidos prohibidas uso comercial comerciales permiso permitido permitida ningún
  soltanto vietato vietata commerciali consentito não somente apenas proibido proibida exceto comerciais permitido
  niet geen commercieel commerciële gebruik inte ikke endast förbjudet forbudt kommersiell kommersiel
  tylko zakaz komercyjny komercyjne niekomercyjny wyłącznie prywatnie
  ausschließlich unzulässig kostenpflichtig privat revente vente proscrit proscrite proscrits lucro venta restringida propriétaire propietario testversion probeversion
  vendita proibita studenti endast ej dilarang memperjualbelikan izin kullanım yasak yasaktır cấm απαγορεύεται
`)
const CYRILLIC =
  /^(?:не|нет|нельзя|без|кроме)$|^(?:запре|только|коммерч|некоммерч|использ|разреш|лиценз|исключ|продаж|личн|конфиденц|секретн|учебн|внутренн)/
const EAST_ASIAN =
  /[転轉转載载断斷绝絕禁止不非仅僅只勿須须必许許商用营營费費付限権权權]|금지|불가|영리|상업|허가|のみ|대외비|기밀|社外秘|内部|内网|学习|學習|학습|개인용|[機机秘保]密/
/** Scripts of which names are read; a run of East Asian letters is a name if it is short. */
const READABLE =
  /^(?:[\p{Script=Latin}\p{M}\p{N}]+|[\p{Script=Cyrillic}\p{M}\p{N}]+|[\p{Script=Greek}\p{M}\p{N}]+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー\p{N}]{1,8}|μ\p{Script=Latin}*)$/u

/** Whether a word of another language or script may say something. */
export function isTellingAbroad(word: string): boolean {
  if (FOREIGN_WORDS.has(word)) return true
  if (/^[\0-\x7f]*$/.test(word)) return false
  return CYRILLIC.test(word) || EAST_ASIAN.test(word) || !READABLE.test(word)
}
