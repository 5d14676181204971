/** Leaves nothing behind of a file of tests: Vitest runs this anew for each of them, though they share modules. */
import { afterAll } from 'vitest'
import { removeProjects } from '../unit/collectors/project-folder.ts'

afterAll(removeProjects)
