/** Says what a forecast is without; what is not known of later releases says nothing against what is installed. */
import type { ForecastReport } from '#model/audit'
import type { Warning } from '#model/run-report'

/** Names that are shown. */
const MOST_NAMES = 5

/** A warning where a registry did not answer for some packages. */
export function forecastWarnings(forecast: ForecastReport | undefined): Warning[] {
  if (forecast === undefined || forecast.unanswered.length === 0) return []
  const { asked, unanswered } = forecast
  const names = unanswered.slice(0, MOST_NAMES).join(', ')
  const more = unanswered.length > MOST_NAMES ? ` and ${unanswered.length - MOST_NAMES} more` : ''
  return [
    {
      code: 'forecast-incomplete',
      message: `The forecast is without ${unanswered.length} of ${asked} packages, about whose releases no usable answer was to be had: ${names}${more}. Run again: what was obtained is kept.`,
    },
  ]
}
