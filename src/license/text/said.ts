/** What the words around a licence are found to say, collected line by line. */

/** All that was said so far. */
export interface Said {
  /** Licences they speak of. */
  mentions: string[]
  /** Families of licences they name without saying which of them. */
  families: string[]
  /** They leave the choice between licences of the file. */
  choices: Choice[]
  /** They say that a licence holds for a part of the files: then something has to be said of the others. */
  ofPart: boolean
  /** They say what holds for others. */
  ofOthers: boolean
  /** They tell which licence which part is under: then none of them is to be chosen. */
  assigns: boolean
}

/** A statement that leaves the choice. */
export interface Choice {
  /** The licences that it names; if it names none, it speaks of those whose texts the file has. */
  ids: readonly string[]
  families: readonly string[]
  /** How many texts it can speak of: `either` is said of two. */
  most: number
}

/** Nothing said so far. */
export function nothingSaid(): Said {
  return { mentions: [], families: [], choices: [], ofPart: false, ofOthers: false, assigns: false }
}

/** Adds what was not said before. */
export function note(said: Said, ids: readonly string[], families: readonly string[]): void {
  for (const id of ids) if (!said.mentions.includes(id)) said.mentions.push(id)
  for (const family of families) if (!said.families.includes(family)) said.families.push(family)
}
