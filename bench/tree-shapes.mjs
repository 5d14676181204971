/** The shapes of generated trees: which packages there are, where they lie and what they need. Pure. */

/**
 * One package of a generated tree.
 * @typedef {object} ShapedPackage
 * @property {string} name
 * @property {string} version
 * @property {string} location folder below the project
 * @property {Record<string, string>} [dependencies]
 */

/**
 * A generated tree.
 * @typedef {object} ShapedTree
 * @property {Record<string, string>} dependencies of the root
 * @property {ShapedPackage[]} packages
 * @property {{ name: string, location: string, dependencies: Record<string, string> }[]} workspaces
 */

/** Direct dependencies of a mixed tree, and workspaces of one that has them. */
const ROOTS = 50
const WORKSPACES = 20
/** How deep the folders of a deep tree lie in each other. */
const DEPTH = 12

/** The shapes by name. */
export const SHAPES = { mixed, wide, deep, workspaces }

/**
 * 50 direct dependencies, each package with up to three dependencies further on, every tenth package nested below
 * another one in a second version.
 * @param {number} count
 * @returns {ShapedTree}
 */
function mixed(count) {
  /** @type {ShapedPackage[]} */
  const packages = []
  /** @type {ShapedPackage[]} */
  const tops = []
  for (let at = 0; packages.length < count; at += 1) {
    const name = nameOf(at)
    const top = { name, version: '2.0.0', location: `node_modules/${name}` }
    tops.push(top)
    packages.push(top)
    if (at > 0 && at % 10 === 0 && packages.length < count) {
      const parent = nameOf(at - 1)
      packages.push({ name, version: '1.0.0', location: `node_modules/${parent}/node_modules/${name}` })
    }
  }
  /** @type {Record<string, string>} */
  const dependencies = {}
  tops.forEach((top, at) => {
    if (at < ROOTS) dependencies[top.name] = '^2.0.0'
    else need(tops[Math.floor(at / 3)], top.name, '^2.0.0')
    const next = tops[at + 1]
    if (next !== undefined && (at + 1) % 10 === 0) need(top, next.name, '^1.0.0')
  })
  // The last parent has no nested copy if the count was reached before it.
  const last = tops.at(-1)
  if (last !== undefined && (tops.length - 1) % 10 === 0 && packages.at(-1) === last) {
    need(tops.at(-2), last.name, '^2.0.0')
  }
  return { dependencies, packages, workspaces: [] }
}

/**
 * Every package is a direct dependency, side by side.
 * @param {number} count
 * @returns {ShapedTree}
 */
function wide(count) {
  const packages = Array.from({ length: count }, (_, at) => topPackage(at))
  return {
    dependencies: Object.fromEntries(packages.map(({ name, version }) => [name, `^${version}`])),
    packages,
    workspaces: [],
  }
}

/**
 * Chains of packages that lie in each other, twelve deep: each one needs the next in a version of its own.
 * @param {number} count
 * @returns {ShapedTree}
 */
function deep(count) {
  /** @type {ShapedPackage[]} */
  const packages = []
  /** @type {Record<string, string>} */
  const dependencies = {}
  for (let at = 0; at < count; at += 1) {
    const level = at % DEPTH
    const above = packages[at - 1]
    const name = nameOf(level === 0 ? at : at - level + 1 + (level % 2))
    const version = `2.${level}.0`
    const isTop = level === 0 || above === undefined
    packages.push({
      name,
      version,
      location: isTop ? `node_modules/${name}` : `${above.location}/node_modules/${name}`,
    })
    if (isTop) dependencies[name] = version
    else need(above, name, version)
  }
  return { dependencies, packages, workspaces: [] }
}

/**
 * Twenty workspaces that share the packages, each with some in a version of its own in its folder.
 * @param {number} count
 * @returns {ShapedTree}
 */
function workspaces(count) {
  const members = Array.from({ length: WORKSPACES }, (_, at) => ({
    name: `@app/w${at}`,
    location: `packages/w${at}`,
    /** @type {Record<string, string>} */
    dependencies: {},
  }))
  /** @type {ShapedPackage[]} */
  const packages = []
  for (let at = 0; packages.length < count; at += 1) {
    const top = topPackage(at)
    packages.push(top)
    const member = members[at % WORKSPACES]
    if (member !== undefined) member.dependencies[top.name] = '^2.0.0'
    if (at % 10 !== 5 || packages.length >= count) continue
    const other = members[(at + 1) % WORKSPACES]
    if (other === undefined) continue
    packages.push({ ...top, version: '1.0.0', location: `${other.location}/node_modules/${top.name}` })
    other.dependencies[top.name] = '^1.0.0'
  }
  return { dependencies: {}, packages, workspaces: members }
}

/**
 * @param {number} at
 * @returns {ShapedPackage}
 */
function topPackage(at) {
  const name = nameOf(at)
  return { name, version: '2.0.0', location: `node_modules/${name}` }
}

/** @param {number} at */
function nameOf(at) {
  return at % 7 === 0 ? `@gen/p${at}` : `p${at}`
}

/**
 * @param {ShapedPackage | undefined} parent
 * @param {string} name
 * @param {string} range
 */
function need(parent, name, range) {
  if (parent !== undefined) parent.dependencies = { ...parent.dependencies, [name]: range }
}
