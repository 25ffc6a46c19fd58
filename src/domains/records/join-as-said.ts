import type { Ctx, SystemActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import { askAbout, giveToDesk } from './link-patients.ts'
import type { Loose } from './explain/read-loosely.ts'
import { joinTwo, waitForImports } from './merge-patients.ts'
import { readIdentity } from './read-identity.ts'
import { closeQuestions } from './settle-imports.ts'

/** Two of a source's own patients who are one, by its word. `gone` is the id that it uses no more. */
export type SaidJoin = { gone: string; stays: string }
type Due = { id: string; gone: string; stays: string }

/**
 * A source says that two of its numbers are one person. Its word and the same birth date and first name join them (R1: two strong signs; twins have
 * another first name). Staff are asked where less agrees, where people could open both, where staff have said otherwise or taken them apart before.
 * Said before the patients have come, it waits for them: a hospital says much of people who never come here, so only those who have just come (`came`, its
 * own ids) are looked for. Said twice it is said once.
 */
export async function joinAsSaid(ctx: Ctx<SystemActor>, source: string, { said, came }: { said: readonly SaidJoin[]; came: readonly string[] }): Promise<void> {
  const due = await inTransaction(ctx, async tx => {
    if (said.length > 0) {
      await sql`
        insert into records.said_join (source, gone, stays, said_at)
        select ${source}, w.gone, w.stays, ${tx.now()}
        from jsonb_to_recordset(${JSON.stringify(said)}::jsonb) as w (gone text, stays text)
        where w.gone <> w.stays
        on conflict do nothing
      `.execute(tx.db.kysely)
    }
    return dueOf(tx, source, { came: [...came, ...said.flatMap(({ gone, stays }) => [gone, stays])] })
  })
  for (const one of due) await inTransaction(ctx, tx => settle(tx, source, one.id))
}

/** What was said and can be acted on: both are known here. */
async function dueOf(tx: Ctx<SystemActor>, source: string, { id = null, came = [] }: { id?: string | null; came?: readonly string[] }): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select j.id, one.patient_id as gone, other.patient_id as stays
    from (
      select id, gone, stays, said_at from records.said_join where source = ${source} and settled_at is null and (id = ${id}::uuid or gone = any (${came as string[]}::text[]))
      union
      select id, gone, stays, said_at from records.said_join where source = ${source} and settled_at is null and stays = any (${came as string[]}::text[])
    ) j
    join records.resource r on r.source = ${source} and r.fhir_type = 'Patient' and r.source_id = j.gone
    join records.source_patient one on one.resource_id = r.id and one.ended_at is null
    join records.resource s on s.source = ${source} and s.fhir_type = 'Patient' and s.source_id = j.stays
    join records.source_patient other on other.resource_id = s.id and other.ended_at is null
    order by j.said_at, j.id
    limit 200
  `.execute(tx.db.kysely)
  return rows
}

async function settle(tx: Ctx<SystemActor>, source: string, id: string): Promise<void> {
  await waitForImports(tx)
  const [pair] = await dueOf(tx, source, { id })   // whoever was before us may have moved them
  if (!pair) return
  const outcome = pair.gone === pair.stays ? 'one-already' : await isSure(tx, source, pair) && (await joinTwo(tx, { keep: pair.stays, merge: pair.gone, by: null, saidBy: source })).ok ? 'joined' : 'asked'
  if (outcome === 'joined') await closeQuestions(tx, null, 'same')
  if (outcome === 'asked') await ask(tx, pair)
  await sql`update records.said_join set settled_at = ${tx.now()}, outcome = ${outcome} where id = ${id}::uuid`.execute(tx.db.kysely)
}

/**
 * Whether their names and birth dates bear out what a source says, by others than that source: its own word, sent a moment before, is no second sign.
 * Where nobody else knows either of the two, only what the source itself sent is joined, and its word is enough; where somebody knows one alone, staff are asked.
 */
async function isBorneOut(tx: Ctx<SystemActor>, source: string, { gone, stays }: Due): Promise<boolean> {
  const { rows } = await sql<{ patient: string; body: Loose }>`
    select l.patient_id as patient, v.body
    from records.source_patient l
    join records.resource r on r.id = l.resource_id
    join records.version v on v.id = r.current_version
    where l.patient_id in (${gone}::uuid, ${stays}::uuid) and l.ended_at is null and r.source <> ${source}
    limit 40
  `.execute(tx.db.kysely)
  const [one, other] = [gone, stays].map(id => rows.filter(row => row.patient === id).map(({ body }) => readIdentity(body)))
  if (one!.length === 0 && other!.length === 0) return true
  if (one!.length === 0 || other!.length === 0) return false
  const firstOf = (given: string | null) => (given ?? '').normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim().split(/\s+/)[0]!
  return one!.every(mine => other!.every(theirs => mine.birthDate !== null && mine.birthDate === theirs.birthDate && firstOf(mine.given) !== '' && firstOf(mine.given) === firstOf(theirs.given)))
}

async function isSure(tx: Ctx<SystemActor>, source: string, { id, gone, stays }: Due): Promise<boolean> {
  if (!await isBorneOut(tx, source, { id, gone, stays })) return false
  const { rows: [found] } = await sql<{ isSure: boolean | null }>`
    select one.birth_date = other.birth_date
      and coalesce(one.sex in ('other', 'unknown') or other.sex in ('other', 'unknown') or one.sex = other.sex, true)
      and one.given <> '' and split_part(records.plain_name(one.given), ' ', 1) = split_part(records.plain_name(other.given), ' ', 1)
      and not exists (select from records.match_question q where q.answer = 'different' and least(q.patient_id, q.candidate_id) = least(one.id, other.id) and greatest(q.patient_id, q.candidate_id) = greatest(one.id, other.id))
      and not exists (select from records.merge m where m.undone_at is not null and least(m.kept_id, m.merged_id) = least(one.id, other.id) and greatest(m.kept_id, m.merged_id) = greatest(one.id, other.id)) as "isSure"
    from records.patient one, records.patient other
    where one.id = ${gone}::uuid and other.id = ${stays}::uuid
  `.execute(tx.db.kysely)
  return found?.isSure ?? false
}

/** A pair that was asked about before is asked about again: there is something new to know. */
async function ask(tx: Ctx<SystemActor>, { gone, stays }: Due): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update records.match_question set why = 'source-says-one', asked_at = ${tx.now()}, answer = null, answered_at = null, answered_by = null
    where (patient_id = ${gone}::uuid and candidate_id = ${stays}::uuid) or (patient_id = ${stays}::uuid and candidate_id = ${gone}::uuid)
    returning id
  `.execute(tx.db.kysely)
  if (rows.length > 0) await giveToDesk(tx, rows.map(({ id }) => id))
  else await askAbout(tx, [{ patient_id: gone, candidate_id: stays, why: 'source-says-one' }])
}
