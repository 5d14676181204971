/** What the help pages of `depgate clarify` and `depgate except` say beyond their flags. */

/** Shown below the flags of `clarify`. */
export const CLARIFY_HELP = `
Run it without --license first: it shows each licence file beside the known
text that comes nearest. The licence is never filled in for you: it is your
reading. The entry holds the sha256 of the files and stops counting when they
change. Comments and order of the policy file stay; an entry for the same
package and range is updated.

Example:
  depgate clarify foo@1.2.3 --license BSD-3-Clause --reason "read by legal"

Exit codes: 0 written, or shown with --dry-run.
            2 nothing is written: a flag is missing or wrong, there is nothing
              to pin, or the policy cannot be changed.
            3 the tree or the package could not be read.
`

/** Shown below the flags of `except`. */
export const EXCEPT_HELP = `
It allows just the licences that the policy lacks for this package, from this
version on within its major version. Comments and order of the policy file
stay; an exception for the same package is renewed in place.

Example:
  depgate except foo --reason "runs on our build server only" --owner platform

Exit codes: 0 written, or shown with --dry-run.
            2 nothing is written: a flag is missing or wrong, no exception is
              needed or none would help, or the policy cannot be changed.
            3 the tree could not be read, or the package could not be judged.
`
