/** Lets everybody who asks the same question while it is in the air wait for one answer. */

/** Runs `task` unless one with this key is running; then its promise is shared. */
export type SingleFlight<T> = (key: string, task: () => Promise<T>) => Promise<T>

/** Creates an empty {@link SingleFlight}. The key is taken before anything is awaited. */
export function createSingleFlight<T>(): SingleFlight<T> {
  const inTheAir = new Map<string, Promise<T>>()
  return (key, task) => {
    const running = inTheAir.get(key)
    if (running !== undefined) return running
    const flight = task().finally(() => inTheAir.delete(key))
    inTheAir.set(key, flight)
    return flight
  }
}
