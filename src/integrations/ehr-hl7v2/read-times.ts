const formats = new Map<string, Intl.DateTimeFormat>()
function offsetAt(instant: number, zone: string): number {
  let format = formats.get(zone)
  if (!format) formats.set(zone, format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' }))
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  return Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second) - instant
}

/** A wall clock's time with the offset that the zone has then. In the hour that comes twice it is the first. */
export function addOffset(local: string, zone: string): string {
  const wall = Date.parse(`${local}Z`)
  const offset = Math.max(...[wall - offsetAt(wall - 86_400_000, zone), wall - offsetAt(wall + 86_400_000, zone)]
    .filter(instant => instant + offsetAt(instant, zone) === wall).map(instant => offsetAt(instant, zone)), -Infinity)
  const minutes = Math.round((Number.isFinite(offset) ? offset : offsetAt(wall, zone)) / 60_000)
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60]
  return `${local}${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`
}
