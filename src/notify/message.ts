/** What is sent, and what came back: the shape between those who write messages and the one who sends them. */
import { createHmac } from 'node:crypto'
import { slackMessage } from './slack-message.ts'
import type { Summary } from './summary.ts'

/** Raised whenever a reader of older webhooks could misread a newer one. */
const WEBHOOK_SCHEMA_VERSION = 1

/** One request. */
export interface Message {
  method: 'GET' | 'POST' | 'PATCH'
  url: URL
  headers: Record<string, string>
  body?: string
}

/** The status of an answer, and its body for a 200. */
export interface Answer {
  status: number
  body: string
}

/** Sends a message; the failure is the end of a sentence without any address. */
export type Send = (message: Message) => Promise<{ ok: true; answer: Answer } | { ok: false; why: string }>

/**
 * The message for a webhook. Its signature is the HMAC-SHA256 of time and body, so that an old message cannot be sent
 * again; the delivery is the run's id, so that one that came twice can be told. `now` is in epoch milliseconds.
 */
export function webhookMessage(url: URL, secret: string | undefined, summary: Summary, now: number): Message {
  const { runId, open: _open, ...told } = summary
  const body = JSON.stringify({ schemaVersion: WEBHOOK_SCHEMA_VERSION, event: 'audit', runId, ...told })
  const timestamp = String(Math.floor(now / 1000))
  const headers = {
    ...JSON_HEADERS,
    'x-depgate-event': 'audit',
    'x-depgate-delivery': headerSafe(runId),
    'x-depgate-timestamp': timestamp,
  }
  if (secret === undefined) return { method: 'POST', url, headers, body }
  const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')
  return { method: 'POST', url, headers: { ...headers, 'x-depgate-signature': `sha256=${signature}` }, body }
}

/** The message for a channel. */
export function channelMessage(url: URL, summary: Summary): Message {
  return { method: 'POST', url, headers: JSON_HEADERS, body: JSON.stringify(slackMessage(summary)) }
}

/** Of every message with a body. */
export const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' }

function headerSafe(text: string): string {
  return text.replaceAll(/[^\x21-\x7e]/g, '?')
}
