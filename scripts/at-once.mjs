/** Runs scripts of package.json at once, tells of each as it ends, and fails if one does: `at-once.mjs format lint`. */
import { spawn } from 'node:child_process'

/**
 * What it printed comes out in one piece.
 * @param {string} name
 * @returns {Promise<boolean>} whether it passed
 */
function run(name) {
  const child = spawn('npm', ['run', name], { stdio: ['ignore', 'pipe', 'pipe'] })
  /** @type {Buffer[]} */
  const said = []
  child.stdout.on('data', (chunk) => said.push(chunk))
  child.stderr.on('data', (chunk) => said.push(chunk))
  return new Promise((done) => {
    child.once('error', (error) => said.push(Buffer.from(`${error.message}\n`)))
    child.once('close', (code, signal) => {
      process.stdout.write(`\n> npm run ${name}: ${code === 0 ? 'passed' : `failed (${signal ?? code})`}\n`)
      process.stdout.write(Buffer.concat(said))
      done(code === 0)
    })
  })
}

const names = process.argv.slice(2)
if (names.length === 0) throw new Error('at-once.mjs needs the names of scripts')
const passed = await Promise.all(names.map(run))
if (passed.includes(false)) process.exitCode = 1
