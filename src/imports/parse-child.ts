/** The process that parses: it takes batches of files and says what is in them, until nobody listens any more. */
import { isBatch } from './lane-messages.ts'
import { loadParser } from './oxc.ts'

const loaded = await loadParser()
process.on('message', (message) => {
  if (!loaded.ok || !isBatch(message)) return
  process.send?.(message.map(({ bytes, path }) => loaded.value(bytes, path)))
})
process.on('disconnect', () => process.exit())
process.send?.({ ready: loaded.ok })
