import type { Ctx, Role, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { queueMail } from '#platform/email.ts'
import { listStaff } from '#accounts'
import { amendable, type ReportKind } from './shared.ts'

type Open = { id: string; kind: ReportKind; sentAt: Date; dueAt: Date; actBy: Date | null; ownerId: string | null; reminded: number }
const shares = [0.5, 0.8, 1]

/** When somebody is reminded of a report: at half, four fifths and the end of what was promised, and of what the law allows. */
export const remindersOf = ({ sentAt, dueAt, actBy }: Pick<Open, 'sentAt' | 'dueAt' | 'actBy'>): Date[] =>
  [dueAt, actBy].filter(end => end !== null).flatMap(end => shares.map(share => new Date(sentAt.getTime() + share * (end.getTime() - sentAt.getTime())))).sort((a, b) => a.getTime() - b.getTime())

const readers = (kind: ReportKind): readonly Role[] => (kind === 'wrong-person' ? ['manager'] : amendable.has(kind) || kind === 'hurtful-words' ? ['clinician'] : ['care-team', 'clinician'])

/** Writes to whoever must answer what is near or past its time; past it, to the manager too. Nothing of it stands in the mail. Returns how many reports it was for. */
export function remindOwners(ctx: Ctx<SystemActor>): Promise<number> {
  return inTransaction(ctx, async tx => {
    const { rows } = await sql<Open>`
      select id, kind, sent_at as "sentAt", due_at as "dueAt", act_by as "actBy", owner_id as "ownerId", reminded
      from feedback.report
      where closed_at is null
      order by due_at
      limit 1000
      for update skip locked
    `.execute(tx.db.kysely)
    const due = rows.map(report => ({ report, passed: remindersOf(report).filter(at => at <= tx.now()).length })).filter(({ report, passed }) => passed > report.reminded)
    if (due.length === 0) return 0
    const staff = (await listStaff(tx)).filter(person => !person.isDisabled && person.email)
    const waiting = new Map<string, { email: string; count: number }>()
    for (const { report } of due) {
      const isLate = report.dueAt <= tx.now()
      const owner = staff.filter(person => person.personId === report.ownerId)
      const wanted: readonly Role[] = [...(owner.length > 0 ? [] : readers(report.kind)), ...(isLate ? ['manager' as const] : [])]
      for (const person of new Set([...owner, ...staff.filter(one => one.roles.some(role => wanted.includes(role)))])) {
        const known = waiting.get(person.personId) ?? { email: person.email!, count: 0 }
        waiting.set(person.personId, { ...known, count: known.count + 1 })
      }
    }
    for (const [personId, { email, count }] of waiting) {
      await queueMail(tx, { to: email, personId, kind: 'staff', isInternal: true, subject: 'Rapport: somebody waits for an answer', text: `${count === 1 ? 'One person waits' : `${count} people wait`} for an answer from the practice. Open the console:\n\n${tx.house.config.publicUrl}/console/feedback\n` })
    }
    await sql`
      update feedback.report r set reminded = t.passed
      from unnest(${due.map(({ report }) => report.id)}::uuid[], ${due.map(({ passed }) => passed)}::smallint[]) as t (id, passed)
      where r.id = t.id
    `.execute(tx.db.kysely)
    return due.length
  })
}
