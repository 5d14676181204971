/** Lists by key, which grow in place: a copy for each addition would take a minute with fifty thousand findings of one rule. */

/** Adds a value to the end of the list under a key. */
export function addTo<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}
