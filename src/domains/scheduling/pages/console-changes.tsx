import type { StaffPage } from '#platform/page.tsx'
import { formatWhen } from '#platform/when.ts'
import { EmptyState } from '#ui/notice.tsx'
import { Table } from '#ui/table.tsx'
import { seeSchedule } from '../access.ts'
import { listChanges, type Change } from '../list-changes.ts'
import type { PatientBook } from '../patient-book.ts'
import { readVisitTypes } from '../read-settings.ts'
import { stepWords } from '../shared.ts'
import { schedulePath, showInSchedule } from './console-frame.tsx'
import { sayBy, sayNote } from './console-visit.tsx'
import { readPlaces } from './visit-words.tsx'

/** What patients, and who looks after them, did with visits while nobody here was asked. */
export const consoleChanges = (book: PatientBook): StaffPage => ({
  for: { staff: seeSchedule },
  async get(ctx) {
    const changes = await listChanges(ctx)
    const [names, types, places, zone] = [await book.names(ctx, [...new Set(changes.map(change => change.patientId))]), await readVisitTypes(ctx), await readPlaces(ctx), await ctx.house.shell.zone(ctx)]
    const zoneAt = (change: Change) => places.get(change.locationId)?.zone ?? zone
    return showInSchedule(ctx, { title: 'Changed online', page: '/changes', lead: 'What patients and those who look after them booked, moved and cancelled themselves in the last two weeks. The latest first.' },
      changes.length === 0
        ? <EmptyState icon="calendar-check" title="Nothing was changed online.">A visit that is booked, moved or cancelled in the portal, on the site or by text shows here at once.</EmptyState>
        : <Table caption="Changed online, the latest first" isCaptionHidden columns={[{ key: 'at', words: 'When' }, { key: 'patient', words: 'Patient' }, { key: 'what', words: 'What' }, { key: 'visit', words: 'Visit' }, { key: 'who', words: 'By' }]}
            rows={changes.map((change, index) => ({ key: String(index), cells: {
              at: formatWhen(change.at, zone, 'moment-short'), patient: <a href={`${schedulePath}/visits/${change.appointmentId}`}>{names.get(change.patientId) ?? 'Unknown'}</a>,
              what: [stepWords[change.step], sayNote(change)].filter(Boolean).join(': '), visit: <span>{formatWhen(change.startsAt, zoneAt(change), 'moment-short')}<br /><span className="soft">{types.get(change.visitTypeId)?.name.en} with {change.who}</span></span>, who: sayBy(change, new Map()),
            } }))} />)
  },
})
