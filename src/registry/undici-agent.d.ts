/** The part of undici that asks without a proxy, by itself. */
declare module 'undici/lib/dispatcher/agent.js' {
  export { Agent as default } from 'undici'
}
