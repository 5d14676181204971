/** Says what kind of machine this is: only how long runs of one kind took can be compared. */
import { arch, availableParallelism, platform } from 'node:os'

/** Such as `linux x64, 2 processors`; names no machine. */
export function machineKind(): string {
  const count = availableParallelism()
  return `${platform()} ${arch()}, ${count} ${count === 1 ? 'processor' : 'processors'}`
}
