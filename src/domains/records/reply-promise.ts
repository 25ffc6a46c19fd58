import type { Tier } from '#release/shared'

export type Bearing = 'normal' | 'abnormal' | 'critical' | 'unknown'
const day = 480

/** By when somebody looks at a result, and what the patient is promised: minutes by the clock, or of open doors. Source: R15. */
export function replyMinutes(bearing: Bearing, tier: Tier): { clock: number; business?: undefined } | { clock?: undefined; business: number } {
  if (bearing === 'critical') return { clock: 60 }
  if (tier === 2) return { business: day }
  if (bearing === 'normal') return { business: 5 * day }
  return { business: (tier === 1 ? 2 : 3) * day }
}
