/** What the help page of `depgate notice` says beyond its flags. */

/** Shown below the flags. */
export const NOTICE_HELP = `
What ships is every dependency that is reached in another way than as one of development, optional ones included.
The same tree gives the same file. No policy is needed, and none is applied: "depgate check" judges.

Exit codes: 0 the notice is complete; packages without a licence text are listed in it as such.
            2 wrong usage, or the file could not be written.
            3 something that belongs in it could not be read or asked for: the notice is written and says so, or,
              if the tree itself could not be read, is not written.
`
