import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { may } from '#platform/permission.ts'
import { formatWhen } from '#platform/when.ts'
import { Form } from '#ui/form.tsx'
import { Badge, EmptyState } from '#ui/notice.tsx'
import { Table } from '#ui/table.tsx'
import { keepSchedule } from '../access.ts'
import { marksFor } from '../cancel-appointment.ts'
import type { Appointment } from '../list-appointments.ts'
import { modeWords, statusWords } from '../shared.ts'
import { schedulePath } from './console-frame.tsx'
import { looks } from './day-grid.tsx'
import { hrefOf, type Loaded, type Wanted } from './schedule-columns.tsx'
import { liveToken } from './visit-words.tsx'

/** Row by row: who comes, and, from the day on that they may be there, one press that says they are. */
export function VisitList({ ctx, wanted, loaded: { visits, names, types, places } }: { ctx: Ctx<StaffActor>; wanted: Wanted; loaded: Loaded }) {
  if (visits.length === 0) return <EmptyState icon="calendar" title="No visits on this day.">A visit shows here as soon as it is booked.</EmptyState>
  const here = may(ctx, keepSchedule) ? visits.filter(visit => visit.fromEhr === undefined && marksFor(visit, ctx.now()).includes('arrived')) : []
  const nameOf = (visit: Appointment) => names.get(visit.patientId) ?? 'Unknown'
  return (
    <Table caption="Visits of the day" isCaptionHidden columns={[{ key: 'when', words: 'When' }, { key: 'patient', words: 'Patient' }, { key: 'what', words: 'What' }, { key: 'who', words: 'With' }, { key: 'where', words: 'Where' }, { key: 'state', words: 'State' }, ...(here.length > 0 ? [{ key: 'here', words: 'Here' }] : [])]}
      rows={visits.map(visit => ({ key: visit.id, cells: {
        when: formatWhen(visit.startsAt, places.get(visit.locationId)?.zone ?? wanted.zone, 'time'), patient: <a id={`visit-${visit.id}`} href={`${schedulePath}/${visit.fromEhr === undefined ? 'visits' : 'received'}/${visit.id}`} data-live={liveToken(visit)}>{nameOf(visit)}</a>,
        what: <What {...{ visit, types }} />, who: visit.who, where: visit.mode === 'in-person' ? places.get(visit.locationId)?.name : modeWords[visit.mode],
        state: <Badge tone={visit.status === 'no-show' || visit.status === 'requested' ? 'notice' : visit.status === 'arrived' ? 'calm' : 'plain'}>{statusWords[visit.status]}</Badge>,
        here: here.includes(visit) && <Arrived visit={visit} name={nameOf(visit)} back={hrefOf(wanted)} />,
      } }))} />
  )
}

function What({ visit, types }: { visit: Appointment; types: Loaded['types'] }) {
  const type = types.get(visit.visitTypeId)
  if (visit.fromEhr !== undefined) return `${visit.fromEhr}, from the EHR`
  return type && <span><span className={`type-look look-${type.look}`} aria-hidden="true">{looks[type.look]} </span>{type.name.en}</span>
}

/** What the desk does most often, without leaving the list. */
const Arrived = ({ visit, name, back }: { visit: Appointment; name: string; back: string }) => (
  <Form action={`${schedulePath}/visits/${visit.id}`} label={`${name} is here`} className="in-row no-print">
    <input type="hidden" name="version" value={visit.version} /><input type="hidden" name="back" value={back.slice(schedulePath.length)} />
    <button type="submit" id={`here-${visit.id}`} className="button button-secondary" name="action" value="arrived">They are here<span className="unseen">: {name}</span></button>
  </Form>
)
