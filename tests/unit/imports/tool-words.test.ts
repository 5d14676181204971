/** The words of configuration files. */
import { describe, expect, test } from 'vitest'
import { wordsOfFile } from '#imports/tool-words'

describe('strings of a script', () => {
  test.each<[string, string[]]>([
    [`a('b', "c", \`d\`) // 'e'\n/* 'f' */ 'g'`, ['b', 'c', 'd', 'g']],
    [`'src/**/*.ts'; "a // b"; \`/* c */\``, ['src/**/*.ts', 'a // b', '/* c */']],
    [`'it\\'s' + "\\""`, [`it\\'s`, '\\"']],
    [`x = /'/ // no\n'a'`, ['a']],
    [`/* 'a' */ 'b' /* 'c'`, ['b', 'c']],
    ["`a\nb`; 'c\n'd'", ['a\nb', 'd']],
  ])('%s', (text, expected) => {
    expect(wordsOfFile('a.config.js', text)).toEqual(expected)
  })
})

test.each(['/* ', '\\`', "\\'", '\\"', '// '])('a megabyte of %s takes no time to speak of', (piece) => {
  const before = performance.now()
  wordsOfFile('a.config.js', "`'" + piece.repeat(1_000_000 / piece.length))
  expect(performance.now() - before).toBeLessThan(3000)
})
