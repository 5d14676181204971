/** All common tools that are known. */
import { BUILDING_TOOLS } from './building-tools.ts'
import { CHECKING_TOOLS } from './checking-tools.ts'
import { KEEPING_TOOLS } from './keeping-tools.ts'
import type { Tool } from './tool.ts'

/** The tools. A name in a configuration counts only where it is that of a declared package. */
export const TOOLS: readonly Tool[] = [...CHECKING_TOOLS, ...BUILDING_TOOLS, ...KEEPING_TOOLS]
