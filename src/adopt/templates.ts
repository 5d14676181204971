/** The texts of the files that a project starts with besides its policy. */

/** Where the architecture test lies. */
export const TEST_FILE = 'tests/architecture/dependencies.test.ts'
/** The script that runs it, and what it runs. */
export const TEST_SCRIPT = { name: 'test:arch', command: 'vitest run tests/architecture' }

/** The architecture test. */
export const TEST_TEXT = `import { dependencies } from 'depgate/vitest'
import { expect, test } from 'vitest'

// Asks the registry the first time, which may take as long as the policy's deadline.
test('everything that this project depends on may be used', { timeout: 60_000 }, async () => {
  await expect(dependencies()).toSatisfyPolicy()
})
`

/** The places that a workflow is written for. */
export const WORKFLOWS = ['github', 'gitlab'] as const

/** One of {@link WORKFLOWS}. */
export type WorkflowType = (typeof WORKFLOWS)[number]

/** The file of a workflow, its text, and what is left to do, if anything is. */
export function workflowFile(
  type: WorkflowType,
  version: string,
): { path: string; text: string; next?: string } {
  if (type === 'github') return { path: '.github/workflows/depgate.yml', text: githubWorkflow(version) }
  return {
    path: '.gitlab/depgate.yml',
    text: gitlabWorkflow(version),
    next: 'Name it in .gitlab-ci.yml:\n    include: { local: .gitlab/depgate.yml }',
  }
}

function githubWorkflow(version: string): string {
  return `# What a pull request brings in is judged by the policy of the branch it goes to.
# depgate is installed outside the checkout, and nothing of the checkout is run.
name: depgate
on:
  pull_request:
  merge_group:
permissions:
  contents: read
jobs:
  dependencies:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: actions/setup-node@v4
        with:
          node-version: 20
      - name: Install depgate outside the checkout
        working-directory: \${{ runner.temp }}
        run: npm install --prefix "$RUNNER_TEMP/depgate" --ignore-scripts --no-audit --no-fund depgate@${version}
      - name: Judge what the change brings in
        env:
          BASE: \${{ github.event.pull_request.base.sha || github.event.merge_group.base_sha }}
        run: '"$RUNNER_TEMP/depgate/node_modules/.bin/depgate" diff --format github -- "$BASE"'
`
}

function gitlabWorkflow(version: string): string {
  return `# What a merge request brings in is judged by the policy of the branch it goes to.
#
# depgate is installed outside of the checkout and called by its absolute path; nothing of the merge request is run.
depgate:
  stage: test
  image: node:20
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  variables:
    # The target branch and the merge base have to be there.
    GIT_DEPTH: '0'
    # An exact version.
    DEPGATE_VERSION: ${version}
  before_script:
    - DEPGATE_FOLDER="$(mktemp -d)"
    - |
      printf '{ "private": true }\\n' > "$DEPGATE_FOLDER/package.json"
    - (cd "$DEPGATE_FOLDER" && npm install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel=error -- "depgate@$DEPGATE_VERSION")
  script:
    - >-
      "$DEPGATE_FOLDER/node_modules/.bin/depgate" diff
      --cache-dir "$DEPGATE_FOLDER/cache"
      --format human
      --format codeclimate=gl-code-quality-report.json
      --format junit=depgate-junit.xml
      --format json=depgate.json
      -- "refs/remotes/origin/$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
  artifacts:
    when: always
    paths:
      - depgate.json
    reports:
      codequality: gl-code-quality-report.json
      junit: depgate-junit.xml
`
}
