/** How many requests may be in the air, as a pure function of what came back. */

/** Most requests in the air before anything has come back. */
const START = 16

/** What one finished request says of the registry: it coped, it asked for less, or something else went wrong. */
export type Experience = 'good' | 'pressed' | 'bad'

/** The limit and where it stands in its round trip (as many finished requests as the limit allowed at its start). */
export interface Congestion {
  limit: number
  ceiling: number
  /** Doubling until the first sign of pressure, then one more a round trip. */
  growth: 'double' | 'add'
  /** Finished requests until the round trip is over. */
  left: number
  /** Something went wrong in this round trip: it ends without growth, and is cut no second time. */
  hurt: boolean
  cut: boolean
}

/** Where a run starts: 16, or the ceiling if that is lower. */
export function startCongestion(ceiling: number): Congestion {
  const limit = Math.min(START, ceiling)
  return { limit, ceiling, growth: 'double', left: limit, hurt: false, cut: false }
}

/** Takes one finished request into account. */
export function nextCongestion(state: Congestion, experience: Experience): Congestion {
  if (experience === 'pressed' && !state.cut) {
    // Requests sent before the cut will still come back pressed: they belong to the same sign and must not cut again.
    const limit = Math.max(1, Math.floor(state.limit / 2))
    return { ...state, limit, growth: 'add', left: state.limit, hurt: true, cut: true }
  }
  const hurt = state.hurt || experience !== 'good'
  if (state.left > 1) return { ...state, left: state.left - 1, hurt }
  const grown = state.growth === 'double' ? state.limit * 2 : state.limit + 1
  const limit = hurt ? state.limit : Math.min(grown, state.ceiling)
  return { ...state, limit, left: limit, hurt: false, cut: false }
}
