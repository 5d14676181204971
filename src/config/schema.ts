/** The shape of a policy file: the one source of its types, its checks, its defaults and the published JSON schema. */
import * as v from 'valibot'
import { advisories } from './advisory-schema.ts'
import { imports } from './imports-schema.ts'
import { licenses } from './license-schema.ts'
import { notify } from './notify-schema.ts'
import { packages, sources } from './rule-schema.ts'
import { choice, closed, count, duration, list, packageSpec, severity, text } from './schema-parts.ts'
import { ENVIRONMENT_ADDRESS, environmentProblem } from './value-checks.ts'

const network = closed({
  concurrency: v.exactOptional(v.pipe(count(1, 64), v.description('Most requests in the air at once.')), 64),
  requestsPerSecond: v.exactOptional(
    v.pipe(count(1, 3000), v.description('Most requests in a second.')),
    3000,
  ),
  timeout: v.exactOptional(
    v.pipe(duration('100ms', '1m'), v.description('Time for a single request in all.')),
    '3s',
  ),
})

const redis = closed({
  url: v.pipe(
    text(128, environmentProblem),
    v.metadata({ pattern: ENVIRONMENT_ADDRESS.source }),
    v.description('The environment variable that holds the address, such as "env:DEPGATE_REDIS_URL".'),
  ),
  mode: v.exactOptional(
    v.pipe(
      choice(['off', 'read-only', 'read-write'], 'a mode', 'Write "off", "read-only" or "read-write".'),
      v.description('The most that may be done with it; DEPGATE_REDIS_MODE can only take away.'),
    ),
    'read-write',
  ),
})

const cache = closed({
  ttl: v.exactOptional(
    v.pipe(
      duration('1s', '365d'),
      v.description('How long what a registry can change of a version is believed.'),
    ),
    '24h',
  ),
  redis: v.exactOptional(v.pipe(redis, v.description('A cache that machines share.'))),
})

const history = closed({
  runs: v.exactOptional(v.pipe(count(1, 10_000), v.description('How many runs are kept.')), 100),
  days: v.exactOptional(v.pipe(count(1, 3660), v.description('How many days a run is kept.')), 30),
  keep: v.exactOptional(
    v.pipe(
      choice(['more', 'fewer'], 'a choice', 'Write "more" or "fewer".'),
      v.description(
        'Which of the two limits counts: with "more" a run is dropped once it is beyond both, with "fewer" once it is beyond one.',
      ),
    ),
    'more',
  ),
})

const forecast = closed({
  relicensed: severity('Only in audit: a later release with another licence.', 'warn'),
  licenseLost: severity('Only in audit: a newest release that declares no licence any more.', 'warn'),
  repositoryMissing: severity('Only in audit: a newest release that names no repository any more.', 'warn'),
  silent: severity('Only in audit: a package without a release for longer than silentAfter.', 'off'),
  silentAfter: v.exactOptional(
    v.pipe(
      duration('1d', '50y'),
      v.description('How long a package may be without a release before it counts as silent.'),
    ),
    '3y',
  ),
})

const baseline = closed({
  stale: severity('An entry of the baseline that knows no finding any more.', 'warn'),
})

/** A policy file, checked wholly. Messages hold a fix behind a line break, see {@link splitProblem}. */
export const policySchema = v.pipe(
  closed({
    $schema: v.exactOptional(
      v.pipe(
        text(2048, () => undefined),
        v.description('For editors; has no effect.'),
      ),
    ),
    extends: v.exactOptional(
      v.pipe(
        text(512, () => undefined),
        v.description(
          'The policy that this one is laid over: a preset ("depgate:permissive"), a file ("./base.json") or a package ("@acme/policy").',
        ),
      ),
    ),
    licenses: v.pipe(licenses, v.description('Which licences are allowed.')),
    packages: v.exactOptional(v.pipe(packages, v.description('Rules about single packages.')), {}),
    sources: v.exactOptional(v.pipe(sources, v.description('Rules about where packages come from.')), {}),
    imports: v.exactOptional(
      v.pipe(
        imports,
        v.description('Rules about what source files import; they are only read where this is there.'),
      ),
    ),
    advisories: v.exactOptional(
      v.pipe(advisories, v.description('Rules about known vulnerabilities; only audit asks for them.')),
      {},
    ),
    notify: v.exactOptional(v.pipe(list(notify, 20), v.description('Whom audit --notify tells.')), []),
    firstParty: v.exactOptional(
      v.pipe(
        list(closed({ package: packageSpec }), 1000),
        v.description(
          "The company's own packages, where trusted configuration gives their scope its own registry.",
        ),
      ),
      [],
    ),
    forecast: v.exactOptional(
      v.pipe(forecast, v.description('What an audit says of releases that are not installed yet.')),
      {},
    ),
    baseline: v.exactOptional(
      v.pipe(baseline, v.description('How to treat depgate.baseline.json, the file beside this one.')),
      {},
    ),
    network: v.exactOptional(v.pipe(network, v.description('How to treat the registry.')), {}),
    cache: v.exactOptional(v.pipe(cache, v.description('How to treat the cache.')), {}),
    history: v.exactOptional(v.pipe(history, v.description('Which runs of depgate audit are kept.')), {}),
    deadline: v.exactOptional(v.pipe(duration('1s', '1h'), v.description('Time for the whole run.')), '10s'),
  }),
  v.title('depgate policy'),
  v.description('What the dependencies of an npm project may be licensed under.'),
)

/** A valid policy file with its defaults filled in, still as written. */
export type PolicyFile = v.InferOutput<typeof policySchema>
