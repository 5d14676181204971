/** The process that parses: it takes batches of files and says what is in them, until nobody listens any more. */
import { isBatch } from './lane-messages.ts'
import { loadParser } from './oxc.ts'

const loaded = await loadParser()
process.on('message', (message) => {
  if (!loaded.ok || !isBatch(message)) return
  process.send?.(message.map(({ bytes, path, wants }) => loaded.value(bytes, path, wants)))
  // The parser's own memory is only given back with what it made, and nothing tells Node how much that is.
  globalThis.gc?.()
})
process.on('disconnect', () => process.exit())
process.send?.({ ready: loaded.ok })
