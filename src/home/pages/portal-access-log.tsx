import type { PortalPage } from '#platform/page.tsx'
import { formatWhen } from '#platform/when.ts'
import { words, type Say } from '#platform/words.ts'
import { EmptyState } from '#ui/notice.tsx'
import { PageHead } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { Pagination } from '#ui/wayfinding.tsx'
import { readAccessLog, type Look } from '../read-access-log.ts'

/** Actions that have words of their own; every other is said in general, so that a new one can never be silent. */
export const told: ReadonlySet<string> = new Set([
  'results.viewed', 'notes.viewed', 'medicines.viewed', 'record.viewed', 'record.downloaded', 'patient.viewed', 'patient.found', 'patient.listed', 'access-log.viewed', 'portal.viewed', 'records.imported',
  'account.activated', 'account.letter-made', 'account.letter-revoked', 'account.proxy-named', 'account.proxy-ended', 'account.shut', 'account.carried-over', 'account.carried-back', 'work.viewed', 'results.listed', 'results.waiting-viewed', 'results.reviewed-elsewhere', 'notes.listed', 'work.pages-listed', 'audit.searched', 'records.linked', 'records.merged', 'records.unmerged', 'document.viewed',
  'appointments.viewed', 'appointment.booked', 'appointment.moved', 'appointment.cancelled', 'appointment.arrived', 'appointment.no-show', 'appointment.completed', 'appointment.reopened', 'appointment.reminded',
  'appointment.requested', 'appointment.confirmed', 'appointment.declined', 'appointment.said-coming', 'appointment.answered', 'appointment.linked', 'appointment.link-opened', 'appointment.link-used', 'wait.joined', 'wait.changed', 'wait.left', 'wait.offered', 'wait.accepted', 'wait.declined', 'wait.viewed',
])
const sayWhat = (action: string, say: Say) => say(told.has(action) ? `access.did.${action.replace('.', '-')}` : 'access.did.other')

function sayWho(look: Look, say: Say): string {
  if (look.who === 'you') return say('access.you')
  if (look.who === 'system') return say('access.system')
  const role = look.roles[0]
  const name = look.name ?? say('access.somebody')
  return look.who === 'caregiver' ? say('access.caregiver', { name }) : role ? say('access.staff', { name, role: say(`access.role.${role}`) }) : name
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Who looked at my record, in words. */
export const portalAccessLog: PortalPage = {
  for: 'patient',
  async get(ctx, { query, locale }) {
    const say = words(locale)
    const zone = await ctx.house.shell.zone(ctx)
    const [at, id] = [new Date(query.get('before') ?? ''), query.get('id') ?? '']
    const { looks, hasMore } = await readAccessLog(ctx, Number.isNaN(at.getTime()) || !uuid.test(id) ? {} : { before: { at, id } })
    const last = looks.at(-1)
    return ctx.house.shell.portal(ctx, { title: say('access.title'), current: '/portal/access-log' },
      <>
        <PageHead title={say('access.title')} lead={say('access.lead')} />
        {looks.length === 0
          ? <EmptyState icon="eye" title={say('access.empty')} />
          : <Table caption={say('access.caption')} columns={[{ key: 'who', words: say('access.who') }, { key: 'what', words: say('access.what') }, { key: 'when', words: say('access.when') }]}
              rows={looks.map(look => ({ key: look.id, cells: { who: sayWho(look, say), what: sayWhat(look.action, say), when: formatWhen(look.at, zone, 'moment', locale) } }))} />}
        <Pagination next={hasMore && last ? `/portal/access-log?before=${encodeURIComponent(last.at.toISOString())}&id=${last.id}` : undefined} />
        <p className="soft">{say('access.wrong')}</p>
      </>)
  },
}
