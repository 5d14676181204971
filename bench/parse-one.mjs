/** Parses one file with the parser that the import scan has: node bench/parse-one.mjs <file> */
import { readFileSync } from 'node:fs'
import { parseSync } from 'oxc-parser'

const [file] = process.argv.slice(2)
const { module, errors } = parseSync(file, readFileSync(file, 'utf8'))
console.log(module.staticImports.length, errors.length)
