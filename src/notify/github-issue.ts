/** Keeps one issue of a repository up to date: finds it, writes it where there is none, closes and opens it again. */
import { ISSUE_LABEL } from './issue-text.ts'
import type { IssueText } from './issue-text.ts'
import { JSON_HEADERS } from './message.ts'
import type { Message, Send } from './message.ts'

const PER_PAGE = 100
/** Issues with the label that are looked through. */
const MAX_PAGES = 5

/** Where the issue is. */
export interface IssuePlace {
  api: URL
  repository: string
  token: string
}

interface KnownIssue {
  number: number
  body: string
  isOpen: boolean
}

/** Brings the issue in line with what it should be; gives the end of a sentence on what could not be done. */
export async function keepIssue(
  place: IssuePlace,
  wanted: IssueText,
  send: Send,
): Promise<string | undefined> {
  const found = await findIssue(place, wanted.marker, send)
  if ('why' in found) return found.why
  const { issue } = found
  const { title, body, stamp, isOpen } = wanted
  if (issue === undefined) {
    return isOpen ? write(place, 'POST', '', { title, body, labels: [ISSUE_LABEL] }, send) : undefined
  }
  if (issue.isOpen === isOpen && (!isOpen || issue.body.includes(stamp))) return undefined
  const change = { title, body, state: isOpen ? 'open' : 'closed' }
  return write(place, 'PATCH', `/${issue.number}`, change, send)
}

/** The oldest issue that has the label and the marker. */
async function findIssue(
  place: IssuePlace,
  marker: string,
  send: Send,
): Promise<{ issue: KnownIssue | undefined } | { why: string }> {
  for (let page = 1; page <= MAX_PAGES; page++) {
    const query = `?labels=${ISSUE_LABEL}&state=all&sort=created&direction=asc&per_page=${PER_PAGE}&page=${page}`
    const sent = await send(request(place, 'GET', query))
    if (!sent.ok) return { why: sent.why }
    if (sent.answer.status !== 200) return { why: `was answered with ${sent.answer.status}` }
    const listed = parseList(sent.answer.body)
    if (listed === undefined) return { why: 'was answered with something that is no list of issues' }
    const issue = listed.map(issueOf).find((each) => each?.body.includes(marker) === true)
    if (issue !== undefined || listed.length < PER_PAGE) return { issue }
  }
  return { why: `could not be found among more than ${PER_PAGE * MAX_PAGES} issues with the label` }
}

async function write(
  place: IssuePlace,
  method: 'POST' | 'PATCH',
  path: string,
  content: object,
  send: Send,
): Promise<string | undefined> {
  const sent = await send({ ...request(place, method, path), body: JSON.stringify(content) })
  if (!sent.ok) return sent.why
  const { status } = sent.answer
  return status >= 200 && status <= 299 ? undefined : `was answered with ${status}`
}

function request({ api, repository, token }: IssuePlace, method: Message['method'], path: string): Message {
  const base = api.href.replace(/\/?$/, '/')
  return {
    method,
    url: new URL(`${base}repos/${repository}/issues${path}`),
    headers: {
      ...(method !== 'GET' && JSON_HEADERS),
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
    },
  }
}

function parseList(text: string): unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Pull requests are in the same list. */
function issueOf(value: unknown): KnownIssue | undefined {
  if (typeof value !== 'object' || value === null || 'pull_request' in value) return undefined
  if (!('number' in value) || !Number.isSafeInteger(value.number)) return undefined
  if (!('body' in value) || typeof value.body !== 'string') return undefined
  const isOpen = 'state' in value && value.state === 'open'
  return { number: Number(value.number), body: value.body, isOpen }
}
