/** Numbers, times and shares as a reader wants them, the same on every machine. */

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** `12,345`; a fraction keeps one digit. */
export function figure(value: number): string {
  const [whole = '', rest] = String(Math.round(value * 10) / 10).split('.')
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',')
  return rest === undefined ? grouped : `${grouped}.${rest}`
}

/** `1,200 packages`; `several` where a plain `s` does not make the plural. */
export function counted(value: number, noun: string, several = `${noun}s`): string {
  return `${figure(value)} ${value === 1 ? noun : several}`
}

/** `21 Nov 2026` of an ISO time; what is none stays as it is. */
export function dayText(iso: string): string {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:T|$)/.exec(iso)
  const month = MONTHS[Number(found?.[2]) - 1]
  return found === null || month === undefined ? iso : `${Number(found[3])} ${month} ${found[1] ?? ''}`
}

/** `21 Nov 2026, 16:18 UTC`. */
export function timeText(iso: string): string {
  const clock = /T(\d\d:\d\d).*Z$/.exec(iso)?.[1]
  return clock === undefined ? dayText(iso) : `${dayText(iso)}, ${clock} UTC`
}

/** `0.8 s`, `2 min 5 s`. */
export function durationText(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`
  const seconds = Math.round(ms / 1000)
  const rest = seconds % 60
  return `${Math.floor(seconds / 60)} min${rest === 0 ? '' : ` ${rest} s`}`
}

/** `4.1 MB`. */
export function bytesText(bytes: number): string {
  return bytes < 1_000_000 ? `${figure(bytes / 1000)} kB` : `${figure(bytes / 1_000_000)} MB`
}

/** A share as a figure of SVG, 0 to 100 with two digits at most. */
export function share(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.round((part / whole) * 10_000) / 100
}

/** A sentence of ours with its long numbers as {@link figure} writes them. */
export function grouped(sentence: string): string {
  return sentence.replaceAll(/\b\d{4,}\b/g, (digits) => figure(Number(digits)))
}
