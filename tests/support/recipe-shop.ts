/** A small shop that keeps to all recipes of the docs, and for each of them what breaks it. */

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`

const ROOT = {
  name: 'shop',
  version: '1.0.0',
  type: 'module',
  private: true,
  workspaces: ['packages/*'],
  main: './src/main.ts',
  dependencies: { zod: '^4.0.0', 'payment-client': '^2.0.0' },
  devDependencies: { vitest: '^4.0.0', depgate: '^0.1.0' },
}

const WEB = {
  name: '@shop/web',
  version: '1.0.0',
  type: 'module',
  main: './src/page.ts',
  dependencies: { lit: '^3.0.0' },
}

/** Text by path. */
export type Files = Readonly<Record<string, string>>

/** The shop. */
export const SHOP: Files = {
  'package.json': json(ROOT),
  'src/main.ts':
    "import { basket } from './features/basket/basket.ts'\nimport { search } from './features/search/search.ts'\nimport { pay } from './storage/payments.ts'\nexport const shop = { basket, search, pay }\n",
  'src/model/id.ts': 'export type Id = string\nexport const noId: Id = ""\n',
  'src/domain/order.ts':
    "import { z } from 'zod'\nimport type { Id } from '../model/id.ts'\nimport { price } from './price.ts'\nexport const order = (id: Id) => ({ id, price, shape: z })\n",
  'src/domain/price.ts': 'export const price = 1\n',
  'src/storage/files.ts':
    "import { readFileSync } from 'node:fs'\nimport { order } from '../domain/order.ts'\nexport const load = (id: string) => order(readFileSync(id, 'utf8'))\n",
  'src/storage/payments.ts':
    "import { client } from 'payment-client'\nimport { load } from './files.ts'\nexport const pay = (id: string) => client(load(id))\n",
  'src/features/basket/basket.ts':
    "import { order } from '../../domain/order.ts'\nexport const basket = [order]\n",
  'src/features/search/search.ts':
    "import { load } from '../../storage/files.ts'\nexport const search = load\n",
  'tests/main.test.ts':
    "import { test } from 'vitest'\nimport { shop } from '../src/main.ts'\nimport { helper } from './helper.ts'\ntest('shop', () => helper(shop))\n",
  'tests/helper.ts': 'export const helper = (value: unknown) => value\n',
  'packages/web/package.json': json(WEB),
  'packages/web/src/page.ts':
    "import { html } from 'lit'\nimport { part } from './part.ts'\nexport const page = html`${part}`\n",
  'packages/web/src/part.ts': "export const part = 'part'\n",
}

/** A recipe by its file's name, a change that breaks it, and the place that the failure has to show. */
export const BREAKS: Readonly<Record<string, { files: Files; place: string }>> = {
  core: {
    files: { 'src/domain/core-break.ts': "\nimport { part } from 'lit'\nexport const core = part\n" },
    place: 'src/domain/core-break.ts:2:22',
  },
  layers: {
    files: {
      'src/model/layer-break.ts': "import { price } from '../domain/price.ts'\nexport default price\n",
    },
    place: 'src/model/layer-break.ts:1:23',
  },
  'no-cycles': {
    files: {
      'src/storage/round-a.ts': "import { b } from './round-b.ts'\nexport const a = () => b\n",
      'src/storage/round-b.ts': "import { a } from './round-a.ts'\nexport const b = () => a\n",
    },
    place: 'src/storage/round-a.ts:1:19',
  },
  declared: {
    files: { 'src/storage/phantom.ts': "export { nothing } from 'left-pad'\n" },
    place: 'src/storage/phantom.ts:1:25',
  },
  used: {
    files: {
      'packages/web/package.json': json({ ...WEB, dependencies: { ...WEB.dependencies, moment: '^2.0.0' } }),
    },
    place: 'packages/web/package.json:8',
  },
  effects: {
    files: { 'src/features/basket/disk.ts': "export { writeFileSync } from 'node:fs'\n" },
    place: 'src/features/basket/disk.ts:1:31',
  },
  'one-door': {
    files: { 'src/features/search/buy.ts': "export const buy = () => import('payment-client')\n" },
    place: 'src/features/search/buy.ts:1:33',
  },
  browser: {
    files: {
      'packages/web/src/page.ts':
        "import { html } from 'lit'\nimport { join } from 'node:path'\nimport { part } from './part.ts'\nexport const page = html`${join(part)}`\n",
    },
    place: 'packages/web/src/page.ts:2:22',
  },
  features: {
    files: {
      'src/features/search/other.ts':
        "import type { basket } from '../basket/basket.ts'\nexport type Other = typeof basket\n",
    },
    place: 'src/features/search/other.ts:1:29',
  },
  production: {
    files: { 'src/features/search/spy.ts': "import { vi } from 'vitest'\nexport const spy = vi\n" },
    place: 'src/features/search/spy.ts:1:20',
  },
}
