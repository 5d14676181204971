/** What the help pages of the commands that tend the policy say beyond their flags. */

/** Shown below the flags of `baseline`. */
export const BASELINE_HELP = `
The first time it writes depgate.baseline.json beside the policy: every finding
that fails today, by rule, package and licence. Those are shown as known from
then on and fail nothing; whatever is new does. From then on the file only gets
shorter: --update removes what is gone, and a single finding is added with
--add, a reason and a last day. Without a flag it shows how things stand.

What could not be checked is never accepted, nor are findings about integrity,
sources, bans, ages, the tree and the policy itself.

Examples:
  depgate baseline --reason "there before we had a gate"
  depgate baseline --update
  depgate baseline --add license-not-allowed:foo --reason "replaced in March" \\
    --expires 2027-03-31

Exit codes: 0 written, or nothing is new.
            1 something is new, or can never be known.
            2 nothing is written: a flag is missing or wrong, or a file is.
            3 the tree could not be checked wholly; nothing is written.
`

/** Shown below the flags of `config`. */
export const CONFIG_HELP = `
Each line is a key, its value and where that stands: a file with its line, the
preset or package that is extended, or depgate's own default. Reads no tree and
asks nobody.

Exit codes: 0 the policy is valid.
            2 there is none, or it has mistakes: each is told with file, line
              and column, and what to write instead.
`

/** Shown below the flags of `init`. */
export const INIT_HELP = `
It looks at what is installed, or else at the lockfile, and writes
depgate.config.json with the licences that are there, by groups; what is in no
group stands there as a comment, for somebody to decide, and
depgate.baseline.json knows it until then. It writes
tests/architecture/dependencies.test.ts and the script test:arch as well.
Nothing that is there is ever replaced, and nothing is installed: run it again
as often as you like.

--import reads license-checker and license-compliance in the scripts of
package.json and in their files, .licensee.json, and dependency-review-action's
configuration in .github. None of their code is run. What cannot be carried
over is listed with the reason.

Exit codes: 0 set up.
            1 set up, and something fails that no baseline can know.
            2 nothing can be set up here, or a file could not be written.
`
