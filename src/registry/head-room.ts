/** How many bytes of answers may wait together to be read: whoever finds no room goes on with what it has. */

/** Most bytes that wait, of all answers together. */
const MAX_BYTES = 16 * 1024 * 1024
/** Each answer may have as much, however full it is: nearly all of them are shorter, and need not wait for the long ones. */
const FREE_BYTES = 64 * 1024

/** The place of one answer. */
export interface HeadPlace {
  /** Counts bytes that have come; false where no more should be taken. */
  take(bytes: number): boolean
  /** Gives back all that was taken. */
  leave(): void
}

/** Opens a place for one more answer. */
export type HeadRoom = () => HeadPlace

/** Creates the room that all answers of a run share. */
export function createHeadRoom(mostBytes = MAX_BYTES, freeBytes = FREE_BYTES): HeadRoom {
  let taken = 0
  return () => {
    let own = 0
    return {
      take(bytes) {
        own += bytes
        taken += bytes
        return taken < mostBytes || own < freeBytes
      },
      leave() {
        taken -= own
        own = 0
      },
    }
  }
}
