/** The shape of the part of a policy file that is about what the project's own source files import. */
import * as v from 'valibot'
import { globListProblem, importProblem, layerNameProblem, layerProblems } from './import-checks.ts'
import { joinProblem, typeProblem } from './problem-text.ts'
import { choice, closed, list, reason, severity, text } from './schema-parts.ts'

const glob = text(500, globListProblem)

function globs(about: string) {
  return v.pipe(list(glob, 500), v.minLength(1, 'names no file'), v.description(about))
}

const layer = closed({
  files: globs('The files of the layer, as globs below the project ("src/domain/**").'),
  imports: v.pipe(
    list(text(500, globListProblem), 200),
    v.description(
      'What of the project it may import besides itself: names of other layers, or globs of files ("data/**"); with ! before it what it may not, and the last that means a file decides.',
    ),
  ),
  packages: v.exactOptional(
    v.pipe(
      list(text(214, importProblem('package')), 500),
      v.description(
        'The only packages that it may import ("lodash", "@acme/*"); any, where this is left out.',
      ),
    ),
  ),
  builtins: v.exactOptional(
    v.pipe(
      list(text(214, importProblem('builtin')), 200),
      v.description('The only parts of Node that it may import ("node:path"); any, where this is left out.'),
    ),
  ),
})

const layers = v.pipe(
  v.record(text(100, layerNameProblem), layer, (issue) => joinProblem(typeProblem('an object', issue.input))),
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    for (const { name, index, value, problem } of layerProblems(dataset.value)) {
      const [whole, one] = [dataset.value, dataset.value[name]]
      addIssue({
        message: joinProblem(problem),
        path: [
          { type: 'object', origin: 'value', input: whole, key: name, value: one },
          { type: 'object', origin: 'value', input: { ...one }, key: 'imports', value: one?.imports },
          { type: 'array', origin: 'value', input: one?.imports ?? [], key: index, value },
        ],
      })
    }
  }),
)

const ban = closed({
  import: v.pipe(
    text(214, importProblem('either')),
    v.description('A package ("lodash", "lodash/fp", "@acme/*") or a part of Node ("node:fs").'),
  ),
  in: v.exactOptional(globs('Only in these files; in every file, where this is left out.')),
  except: v.exactOptional(globs('Not in these files.')),
  reason,
  use: v.exactOptional(
    v.pipe(
      text(500, () => undefined),
      v.description('What to use instead.'),
    ),
  ),
})

/** Rules about what source files import; nothing is read of them without it. */
export const imports = closed({
  files: v.exactOptional(globs('The only files that are looked at, as globs; every source file by default.')),
  ignore: v.exactOptional(globs('Files that are not looked at, as globs, such as generated ones.')),
  production: v.exactOptional(
    globs(
      'Where what ships begins, as globs; by default the entries that package.json declares, and where it declares none, every file that is no test and no configuration.',
    ),
  ),
  undeclared: severity(
    'A package that is imported although the nearest package.json does not declare it.',
    'deny',
  ),
  unresolved: severity('An import of a file, or by an alias, that leads nowhere.', 'warn'),
  unreadable: v.exactOptional(
    v.pipe(
      choice(['deny', 'warn'], 'a severity', 'Write "deny" or "warn".'),
      v.description('A source file of which nobody knows what it imports.'),
    ),
    'deny',
  ),
  unused: severity('A declared dependency that nothing imports and no tool uses.', 'warn'),
  devInProduction: severity('A file that ships and imports a development dependency.', 'deny'),
  couldBeDev: severity('A production dependency that only files which do not ship import.', 'warn'),
  typeOnlyInProduction: severity(
    'A production dependency of which an application imports only types.',
    'warn',
  ),
  misplaced: severity(
    'A dependency that another package.json declares than that of the files which import it.',
    'warn',
  ),
  cycles: severity('Files that import each other in a circle.', 'warn'),
  layers: v.exactOptional(
    v.pipe(layers, v.description('Groups of files by name, and what each of them may import.')),
    {},
  ),
  ban: v.exactOptional(
    v.pipe(list(ban, 500), v.description('Packages and parts of Node that some files must not import.')),
    [],
  ),
})
