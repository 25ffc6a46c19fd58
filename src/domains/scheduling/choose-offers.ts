import { dayIn, offsetOf } from '#platform/when.ts'
import type { WaitSettings } from './keep-wait-settings.ts'
import { dayParts, mostOpenOffers, partStarts, type DayPart, type OpenTime } from './shared.ts'
import { minuteMs } from './trace-zone.ts'

/** What somebody wants to hear of. */
export type Wishes = { resourceId: string | null; locationId: string | null; weekdays: readonly number[]; parts: readonly DayPart[]; untilDay: string | null }
export type Waiter = Wishes & {
  id: string
  patientId: string
  visitTypeId: string
  /** The visit that would be moved: only an earlier time is one. */
  before: Date | null
  /** From then on that visit cannot be moved online. */
  cutoffAt: Date | null
  priority: number
  since: Date
  /** Where they are; the practice's zone where that is not known. */
  zone: string
  /** Theirs, whatever they wait for. */
  openOffers: number
  lastOfferedAt: Date | null
  /** Beginnings that they heard of already. */
  heard: ReadonlySet<number>
  /** Their other visits. */
  busy: readonly { startsAt: Date; endsAt: Date }[]
}
export type FreeTime = OpenTime & { visitTypeId: string }
/** An offer of a time that is ahead, answered or not. */
export type MadeOffer = { resourceId: string; startsAt: Date; endsAt: Date; offeredAt: Date; round: number; isOpen: boolean }
export type NewOffer = { waitId: string; time: FreeTime; round: number; expiresAt: Date }

/** Minutes of the clock that shows in a zone. */
const minuteIn = (at: Date, zone: string): number => Math.floor((((at.getTime() + offsetOf(zone, at)) % 86_400_000) + 86_400_000) % 86_400_000 / minuteMs)
/** 1 is Monday. */
const weekdayIn = (at: Date, zone: string): number => (new Date(`${dayIn(at, zone)}T00:00:00Z`).getUTCDay() + 6) % 7 + 1
export const partOf = (at: Date, zone: string): DayPart => dayParts.findLast(part => partStarts[part] <= minuteIn(at, zone))!

/** Whether people are told at this moment, by the clock of one place. */
export const isTellingTime = (now: Date, zone: string, { fromMinute, toMinute }: Pick<WaitSettings, 'fromMinute' | 'toMinute'>): boolean => minuteIn(now, zone) >= fromMinute && minuteIn(now, zone) < toMinute

/** Day, part of the day and place are those of the clinic's clock. */
export const isWished = ({ resourceId, locationId, weekdays, parts, untilDay }: Wishes, time: OpenTime): boolean =>
  (resourceId === null || resourceId === time.resourceId) && (locationId === null || locationId === time.locationId) && weekdays.includes(weekdayIn(time.startsAt, time.zone))
  && parts.includes(partOf(time.startsAt, time.zone)) && (untilDay === null || dayIn(time.startsAt, time.zone) <= untilDay)

type Stretch = { startsAt: Date; endsAt: Date }
export const overlap = (one: Stretch, other: Stretch): boolean => one.startsAt < other.endsAt && other.startsAt < one.endsAt
export const fits = (waiter: Pick<Waiter, keyof Wishes | 'visitTypeId' | 'before' | 'heard' | 'busy'>, time: FreeTime): boolean =>
  waiter.visitTypeId === time.visitTypeId && (waiter.before === null || time.startsAt < waiter.before) && !waiter.heard.has(time.startsAt.getTime()) && isWished(waiter, time) && !waiter.busy.some(visit => overlap(visit, time))

export type Round = { now: Date; practiceZone: string; settings: WaitSettings; waiters: readonly Waiter[]; free: readonly FreeTime[]; made: readonly MadeOffer[] }

/**
 * Who hears of which free time now. By rank, then those with the fewest offers to answer, then who has waited longest; each of the earliest time that fits,
 * one at a time, while its group has room; who said no leaves theirs to the next. A stretch of one clinician's day has one group, however many kinds of visit would fit into it. Pure.
 */
export function chooseOffers({ now, practiceZone, settings, waiters, free, made }: Round): NewOffer[] {
  const gap = settings.gapMinutes * minuteMs
  if (!settings.isOn || !isTellingTime(now, practiceZone, settings)) return []
  const soonest = now.getTime() + settings.stopMinutes * minuteMs
  const times = free.filter(time => time.startsAt.getTime() > soonest).sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  const byClinician = Map.groupBy([...made], offer => offer.resourceId)
  const offers: NewOffer[] = []
  const told = new Set<string>()
  const isFree = ({ openOffers, lastOfferedAt, zone }: Waiter) => openOffers < mostOpenOffers && (lastOfferedAt === null || lastOfferedAt.getTime() + gap <= now.getTime()) && isTellingTime(now, zone, settings)
  for (const waiter of waiters.filter(isFree).sort(byTurn)) {
    for (const time of times) {
      if (told.has(waiter.patientId)) break
      if (!fits(waiter, time)) continue
      const there = (byClinician.get(time.resourceId) ?? []).filter(offer => overlap(offer, time))
      const fresh = there.filter(offer => offer.isOpen && offer.offeredAt.getTime() + gap > now.getTime())
      if (fresh.length >= settings.groupSize) continue
      const round = Math.max(0, ...there.map(offer => offer.round)) + (fresh.length === 0 ? 1 : 0)
      offers.push({ waitId: waiter.id, time, round, expiresAt: new Date(Math.min(now.getTime() + settings.answerHours * 60 * minuteMs, time.startsAt.getTime() - settings.cutoffMinutes * minuteMs, waiter.cutoffAt?.getTime() ?? Infinity)) })
      byClinician.set(time.resourceId, [...(byClinician.get(time.resourceId) ?? []), { ...time, offeredAt: now, round, isOpen: true }])
      told.add(waiter.patientId)
    }
  }
  return offers
}

const byTurn = (a: Waiter, b: Waiter): number => b.priority - a.priority || a.openOffers - b.openOffers || a.since.getTime() - b.since.getTime() || (a.id < b.id ? -1 : 1)
