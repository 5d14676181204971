/** Names the files of stored runs, so that their names sort by time. */

/** Of a file that holds a run: when it began, to the millisecond, and its id. */
const NAME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-([0-9a-z-]{8,64})\.run$/

/** The name of a run's file. `startedAt` is ISO 8601 in UTC; `id` must be fit for a name, see {@link isRunId}. */
export function runName(startedAt: string, id: string): string {
  return `${startedAt.replaceAll(/[-:.]/g, '')}-${id}.run`
}

/** Whether an id can be part of a name; those that depgate makes can. */
export function isRunId(id: string): boolean {
  return /^[0-9a-z-]{8,64}$/.test(id)
}

/** When the run of a name began, in epoch milliseconds, and its id; undefined for a name that is none of ours. */
export function readRunName(name: string): { at: number; id: string } | undefined {
  const [, year, month, day, hour, minute, second, ms, id] = NAME.exec(name) ?? []
  if (id === undefined) return undefined
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`)
  return Number.isNaN(at) ? undefined : { at, id }
}
