/** Tells on diagnostics channels what a run does, for whoever listens; where nobody does it costs a look at a flag. */
import { channel } from 'node:diagnostics_channel'

/** What an event says of its telling. */
interface Told {
  /** Present if it happened in the worker thread and is told again in the thread that started it. */
  relayed?: true
}

/** A step of the run is over. */
export interface StepEvent extends Told {
  type: 'step'
  name: string
  ms: number
  /** When it was over, in epoch milliseconds. */
  at: number
  /** It threw, rejected, or gave a failed `Outcome`. */
  failed: boolean
}

/** An operation, of which a run may have thousands, is over. */
export interface SpanEvent extends Told {
  type: 'span'
  name: string
  ms: number
  /** When it was over, in epoch milliseconds. */
  at: number
  /** It threw, rejected, or gave a failed `Outcome` or attempt. */
  failed: boolean
}

/** Something happened `by` times; less than nothing where what was counted has gone again. Too frequent for a time. */
export interface CountEvent extends Told {
  type: 'count'
  name: string
  /** What it happened to, such as a cache tier or a registry. */
  key: string
  by: number
}

/** Something changed its state. */
export interface LevelEvent extends Told {
  type: 'level'
  name: string
  /** What changed, such as a cache tier or a registry. */
  key: string
  value: number | string
  /** Epoch milliseconds. */
  at: number
}

/** Everything that is told. */
export type TraceEvent = StepEvent | SpanEvent | CountEvent | LevelEvent

/** Each type of event has the channel `depgate:<type>`. */
export const TRACE_TYPES = ['step', 'span', 'count', 'level'] as const

/** One of {@link TRACE_TYPES}. */
export type TraceType = (typeof TRACE_TYPES)[number]

const CHANNELS = {
  step: channel('depgate:step'),
  span: channel('depgate:span'),
  count: channel('depgate:count'),
  level: channel('depgate:level'),
} as const

/** Asking for it takes as long as asking for the time. */
const ORIGIN = performance.timeOrigin

/** Whether anybody in this thread listens to a type of event. */
export function isHeard(type: TraceType): boolean {
  return CHANNELS[type].hasSubscribers
}

/** Listens to some types of event in this thread; gives the function that ends it. A listener must not throw. */
export function listen(types: readonly TraceType[], listener: (event: TraceEvent) => void): () => void {
  const onMessage = (message: unknown): void => {
    if (isEvent(message)) listener(message)
  }
  for (const type of types) CHANNELS[type].subscribe(onMessage)
  return () => {
    for (const type of types) CHANNELS[type].unsubscribe(onMessage)
  }
}

/** Tells an event of the worker thread again, here. */
export function relay(event: TraceEvent): void {
  CHANNELS[event.type].publish({ ...event, relayed: true })
}

/** Runs a step of the run; a promise is measured until it settles. */
export function step<T>(name: string, task: () => T): T {
  return CHANNELS.step.hasSubscribers ? measure('step', name, task) : task()
}

/** Tells of a step that was measured already, in milliseconds. */
export function stepTook(name: string, ms: number): void {
  if (CHANNELS.step.hasSubscribers)
    CHANNELS.step.publish({ type: 'step', name, ms, failed: false, at: now() })
}

/** Runs an operation; a promise is measured until it settles. */
export function span<T>(name: string, task: () => T): T {
  return CHANNELS.span.hasSubscribers ? measure('span', name, task) : task()
}

/** Tells of an operation that was measured elsewhere, in milliseconds. */
export function spanTook(name: string, ms: number): void {
  if (CHANNELS.span.hasSubscribers)
    CHANNELS.span.publish({ type: 'span', name, ms, failed: false, at: now() })
}

/** Begins an operation that ends elsewhere: when the function it gives is called. */
export function begin(name: string): () => void {
  if (!CHANNELS.span.hasSubscribers) return nothing
  const began = performance.now()
  return () => tell('span', name, began, false)
}

/** Counts. */
export function count(name: string, key: string, by = 1): void {
  if (CHANNELS.count.hasSubscribers) CHANNELS.count.publish({ type: 'count', name, key, by })
}

/** Tells a new state. */
export function level(name: string, key: string, value: number | string): void {
  if (CHANNELS.level.hasSubscribers) CHANNELS.level.publish({ type: 'level', name, key, value, at: now() })
}

function measure<T>(type: 'step' | 'span', name: string, task: () => T): T {
  const began = performance.now()
  let result: T
  try {
    result = task()
  } catch (error) {
    tell(type, name, began, true)
    throw error
  }
  if (result instanceof Promise) {
    result.then(
      (value: unknown) => tell(type, name, began, isFailure(value)),
      () => tell(type, name, began, true),
    )
  } else {
    tell(type, name, began, isFailure(result))
  }
  return result
}

function tell(type: 'step' | 'span', name: string, began: number, failed: boolean): void {
  const ended = performance.now()
  CHANNELS[type].publish({ type, name, ms: ended - began, failed, at: ORIGIN + ended })
}

/** Only this file publishes on these channels, and whoever else does knows what belongs there. */
function isEvent(message: unknown): message is TraceEvent {
  return typeof message === 'object' && message !== null && 'type' in message
}

/** Failures are data: an `Outcome`, or an attempt that holds one. */
function isFailure(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return ('ok' in value && value.ok === false) || ('outcome' in value && isFailure(value.outcome))
}

/** Epoch milliseconds that never jump. */
function now(): number {
  return ORIGIN + performance.now()
}

function nothing(): void {
  // What nobody listens to needs no end.
}
