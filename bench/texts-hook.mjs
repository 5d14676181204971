/** Preloaded by the bench alone: with DEPGATE_BENCH_TEXTS=off no licence file is found, so that their cost can be told. */
import { register } from 'node:module'

const source = `
export async function load(url, context, next) {
  const isOff = ${JSON.stringify(process.env.DEPGATE_BENCH_TEXTS === 'off')}
  if (isOff && url.endsWith('/dist/collectors/license-files.js')) {
    return { format: 'module', shortCircuit: true, source: 'export const readLicenseFiles = () => []' }
  }
  return next(url, context)
}`
register(`data:text/javascript,${encodeURIComponent(source)}`)
