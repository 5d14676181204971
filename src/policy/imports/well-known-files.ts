/** Files that never ship, by what everybody calls them: tests, what configures tools, what builds and shows a project. */

/** Folders of tests, wherever they lie. */
const TEST_FOLDERS: ReadonlySet<string> = new Set([
  '__fixtures__',
  '__mocks__',
  '__snapshots__',
  '__tests__',
  'cypress',
  'e2e',
  'fixtures',
  'playwright',
  'test',
  'tests',
])

/** Folders that hold no part of the product where they lie directly in a package; deeper they may be anything. */
const SIDE_FOLDERS: ReadonlySet<string> = new Set([
  'bench',
  'benches',
  'benchmark',
  'benchmarks',
  'demo',
  'demos',
  'docs',
  'example',
  'examples',
  'fixture',
  'mocks',
  'playground',
  'script',
  'scripts',
  'spec',
  'specs',
  'stories',
  'storybook',
  'testing',
  'tools',
])

const TEST_NAME = /[._-](?:test|tests|spec|specs|bench|e2e|stories|story|fixture|mock|cy|test-d)\.[\w.]+$/
const SIDE_NAME =
  /^\.|\.(?:config|conf|setup|workspace)\.\w+$|^(?:test|tests|setupTests|jest[.-]setup|vitest[.-]setup|test-setup|test-utils|Gruntfile|[gG]ulpfile|karma|webpack|rollup|wallaby)\.[\w.]+$/

/**
 * Folders whose files frameworks make pages of, by their names alone: `pages/speed-test.jsx` is the page of that name. A
 * dot before the word is how tests are called even there.
 */
const PAGES = /^(?:src\/|app\/)?(?:pages|routes)\//
const TEST_FILE = /\.(?:test|tests|spec|specs|bench|e2e|stories|story|fixture|mock|cy|test-d)\.[\w.]+$/

/** Whether a file is one of them; `path` with `/`, below the package that the file belongs to. */
export function neverShips(path: string): boolean {
  if (PAGES.test(path))
    return TEST_FILE.test(path) || path.split('/').some((folder) => folder.startsWith('__'))
  const folders = path.split('/')
  const name = folders.pop() ?? ''
  if (TEST_NAME.test(name) || SIDE_NAME.test(name)) return true
  const [first] = folders
  if (first !== undefined && (SIDE_FOLDERS.has(first) || first.startsWith('.'))) return true
  return folders.some((folder) => TEST_FOLDERS.has(folder))
}
