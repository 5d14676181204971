/** What is sent: short, and nothing in it but text. */
import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { issueText } from '#notify/issue-text'
import { channelMessage, webhookMessage } from '#notify/message'
import { slackMessage } from '#notify/slack-message'
import { summariseAudit } from '#notify/summary'
import { finding } from '../../support/report.ts'
import { parseMarkdown } from './markdown.ts'
import { audited, HOSTILE } from './samples.ts'

const URL_ = new URL('https://hooks.example/x')
const NOW = Date.UTC(2026, 10, 21)

const many = Array.from({ length: 60 }, (_, at) =>
  finding({ package: `${HOSTILE}${at}`, message: HOSTILE.repeat(20), fingerprint: String(at) }),
)

describe('has something changed', () => {
  test.each([
    ['a first run with findings', audited(), true],
    ['a first run without any', audited({ verdict: 'pass', findings: [] }), false],
    ['the same findings', audited({}, 'violation'), false],
    ['a new finding', audited({}, 'violation', ['a@1.0.0']), true],
    ['another verdict', audited({ verdict: 'pass', findings: [] }, 'violation'), true],
  ])('%s', (_, report, changed) => {
    expect(summariseAudit(report).changed).toBe(changed)
  })
})

test('a summary is small, whatever the report holds', () => {
  const summary = summariseAudit(audited({ findings: many }))
  expect(summary.counts).toMatchObject({ denied: 60, new: 60 })
  expect(summary.new).toHaveLength(20)
  expect(JSON.stringify(summary).length).toBeLessThan(40_000)
  expect(JSON.stringify(summary)).not.toMatch(/\u202e|\\n|\\u0007/)
})

test('a webhook is signed over its time and its body', () => {
  const summary = summariseAudit(audited())
  const message = webhookMessage(URL_, 'k'.repeat(32), summary, NOW)
  const {
    'x-depgate-timestamp': time,
    'x-depgate-signature': signature,
    'x-depgate-delivery': delivery,
  } = message.headers
  expect(time).toBe(String(NOW / 1000))
  expect(delivery).toBe(summary.runId)
  expect(signature).toBe(
    `sha256=${createHmac('sha256', 'k'.repeat(32)).update(`${time}.${message.body}`).digest('hex')}`,
  )
  expect(JSON.parse(message.body ?? '')).toMatchObject({
    schemaVersion: 1,
    event: 'audit',
    verdict: 'violation',
    counts: { new: 1 },
  })
  expect(webhookMessage(URL_, undefined, summary, NOW).headers).not.toHaveProperty('x-depgate-signature')
})

test('a message to a channel calls nobody and leads nowhere', () => {
  const summary = summariseAudit(
    audited({ findings: many, inputs: { ...audited().inputs, project: HOSTILE } }),
  )
  const { text, blocks } = slackMessage(summary)
  expect(text).not.toMatch(/<|>|@(?!\u200b)|\]\(/)
  expect(blocks.every((block) => block.text.type === 'plain_text' && !block.text.emoji)).toBe(true)
  for (const block of blocks) {
    expect(block.text.text.length).toBeLessThanOrEqual(block.type === 'header' ? 150 : 2900)
    expect(block.text.text).not.toMatch(/@(?!\u200b)/)
  }
  expect(channelMessage(URL_, summary).body).toBe(JSON.stringify({ text, blocks }))
})

describe('the issue', () => {
  test('is the same for the same findings, whenever the run was', () => {
    const one = audited({ inputs: { ...audited().inputs, project: '@acme/app@1.0.0' } })
    const later = { ...one, run: { ...one.run, id: 'other', startedAt: '2027-01-01T00:00:00.000Z' } }
    const released = { ...later, inputs: { ...later.inputs, project: '@acme/app@2.0.0' } }
    expect(issueText(summariseAudit(released))).toEqual(issueText(summariseAudit(one)))
    const other = { ...one, inputs: { ...one.inputs, project: '@acme/other@1.0.0' } }
    expect(issueText(summariseAudit(other)).marker).not.toBe(issueText(summariseAudit(one)).marker)
  })

  test('calls nobody, links to nothing and holds no tag', () => {
    const report = audited({ findings: many, inputs: { ...audited().inputs, project: HOSTILE } })
    const { title, body, stamp } = issueText(summariseAudit(report))
    expect(title).not.toMatch(/@(?!\u200b)/)
    expect(title.length).toBeLessThanOrEqual(200)
    expect(body.length).toBeLessThanOrEqual(61_000)
    const { html, textOutsideCode } = parseMarkdown(body.replace(stamp, ''))
    expect(html).not.toMatch(/<(?:a|img|script|h\d)\b/)
    expect(textOutsideCode).not.toMatch(/@|#\d|GH-\d|https?:|www\./)
  })
})
