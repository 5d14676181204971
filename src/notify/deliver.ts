/** Tells every destination at the same time, within a limit; what cannot be told is a warning and nothing else. */
import type { Warning } from '#model/run-report'
import type { Destination } from './destination.ts'
import { keepIssue } from './github-issue.ts'
import { issueText } from './issue-text.ts'
import { channelMessage, webhookMessage } from './message.ts'
import type { Message, Send } from './message.ts'
import type { Summary } from './summary.ts'

/** When to tell: only what has changed, or every time. An issue is a state and is always kept up to date. */
export type NotifyWhen = 'changes' | 'always'

/** Tries, the first one among them. */
const MAX_TRIES = 3
/** Milliseconds before the second try; twice as many before the third. */
const BACKOFF_MS = 300

/** What telling needs. */
export interface DeliveryPorts {
  /** Tries once. */
  send: Send
  sleep: (ms: number) => Promise<void>
  /** Epoch milliseconds. */
  now: () => number
}

/** Tells; one warning for each destination that could not be told. */
export async function deliver(
  destinations: readonly Destination[],
  summary: Summary,
  when: NotifyWhen,
  ports: DeliveryPorts,
): Promise<Warning[]> {
  const send = withRetries(ports)
  const told = await Promise.all(
    destinations.map(async (destination): Promise<Warning[]> => {
      const why = await tell(destination, summary, when, { ...ports, send })
      if (why === undefined) return []
      const message = `The ${NAMES[destination.type]} ${why}, so nobody was told there; nothing else changes.`
      return [{ code: 'notify-failed', message }]
    }),
  )
  return told.flat()
}

const NAMES: Readonly<Record<Destination['type'], string>> = {
  webhook: 'message to the webhook',
  slack: 'message to the channel',
  'github-issue': 'issue',
}

async function tell(
  destination: Destination,
  summary: Summary,
  when: NotifyWhen,
  { send, now }: DeliveryPorts,
): Promise<string | undefined> {
  if (destination.type === 'github-issue') return keepIssue(destination, issueText(summary), send)
  if (!summary.changed && when === 'changes') return undefined
  const message =
    destination.type === 'slack'
      ? channelMessage(destination.url, summary)
      : webhookMessage(destination.url, destination.secret, summary, now())
  const sent = await send(message)
  if (!sent.ok) return sent.why
  const { status } = sent.answer
  return status >= 200 && status <= 299 ? undefined : `was answered with ${status}`
}

/** Tries again, but never what may have been taken: to write an issue twice is worse than to write it the next time. */
function withRetries({ send, sleep }: DeliveryPorts): Send {
  return async (message) => {
    for (let tries = 1; ; tries++) {
      const sent = await send(message)
      if (tries >= MAX_TRIES || !isWorthRetrying(sent, message)) return sent
      await sleep(BACKOFF_MS * 2 ** (tries - 1))
    }
  }
}

function isWorthRetrying(sent: Awaited<ReturnType<Send>>, message: Message): boolean {
  if (sent.ok && sent.answer.status === 429) return true
  if (isNewIssue(message)) return false
  return !sent.ok || (sent.answer.status >= 500 && sent.answer.status <= 599)
}

/** What creates something new each time it arrives. */
function isNewIssue({ method, headers }: Message): boolean {
  return method === 'POST' && Object.hasOwn(headers, 'authorization')
}
