/** The statistics of the bench: plain functions of lists of numbers. */

/**
 * The value below which the share `q` of the values lies, between the two nearest ones.
 * @param {readonly number[]} values at least one
 * @param {number} q from 0 to 1
 * @returns {number}
 */
export function quantile(values, q) {
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * q
  const low = sorted[Math.floor(place)] ?? Number.NaN
  const high = sorted[Math.ceil(place)] ?? Number.NaN
  return low + (high - low) * (place - Math.floor(place))
}

/**
 * @param {readonly number[]} values
 * @returns {number}
 */
export function median(values) {
  return quantile(values, 0.5)
}

/**
 * What a table needs to know of repeated runs.
 * @typedef {{ median: number, min: number, max: number, q1: number, q3: number, runs: number }} Spread
 */

/**
 * @param {readonly number[]} values
 * @returns {Spread}
 */
export function spread(values) {
  return {
    median: median(values),
    min: Math.min(...values),
    max: Math.max(...values),
    q1: quantile(values, 0.25),
    q3: quantile(values, 0.75),
    runs: values.length,
  }
}

/**
 * The median of the ratios of runs that took place side by side: a drift of the machine meets both.
 * @param {readonly number[]} ours
 * @param {readonly number[]} theirs as many, in the same order
 * @returns {number}
 */
export function pairedRatio(ours, theirs) {
  return median(ours.map((value, at) => value / (theirs[at] ?? Number.NaN)))
}

/**
 * The slope of the line through points that are one step apart, by least squares.
 * @param {readonly number[]} values
 * @returns {number} per step
 */
export function slope(values) {
  const middle = (values.length - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  let above = 0
  let below = 0
  values.forEach((value, at) => {
    above += (at - middle) * (value - mean)
    below += (at - middle) ** 2
  })
  return below === 0 ? 0 : above / below
}
