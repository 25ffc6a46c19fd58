import type { ReactNode } from 'react'
import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { formatDay, formatWhen } from '#platform/when.ts'
import { words, type Say } from '#platform/words.ts'
import type { CarryRefusal } from '#accounts'
import { Actions, Button } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { EmptyState, Notice } from '#ui/notice.tsx'
import { Details, PageHead, RowList, Section } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { settleImports } from '../access.ts'
import { listJoins, type JoinRow } from '../list-joins.ts'
import { answerMatch, listMatches, listParked, listRuns, readMatch, settleParked, type MatchRow, type ParkedRow } from '../settle-imports.ts'
import type { PatientFacts } from '../read-patient.ts'

const whyWords: Record<MatchRow['why'], string> = {
  'number-alone': 'The same record number, but another birth date.',
  'name-and-birth-date': 'The same name and birth date, but nothing else that proves it.',
  'several-fit': 'More than one person here fits.',
  'source-says-one': 'The system that sends them says that they are one person, and something speaks against joining them unseen.',
}
const number = new Intl.NumberFormat('en-US')

/** What came in, what could not be used and why, and whose records staff must say. */
export const consoleImports: StaffPage = {
  for: { staff: settleImports },
  async get(ctx, { query }) {
    const zone = await ctx.house.shell.zone(ctx)
    const say = words(ctx.session?.locale ?? 'en')
    const [runs, parked, matches, joins] = [await listRuns(ctx), await listParked(ctx), await listMatches(ctx), await listJoins(ctx)]
    const flash = saidOf(query.get('said'), say)
    return ctx.house.shell.console(ctx, { title: 'Imports', current: '/console/imports', ...(flash && { flash: { words: flash } }) },
      <>
        {query.get('said') === 'late' && <Notice tone="notice" title={say('joins.said.late')} />}
        <PageHead title="Imports" lead="Records come in with “npx rapport import”. What could not be used waits here with the reason; nothing is lost silently." />
        <Section title="Whose records are these?">
          {matches.length === 0
            ? <EmptyState icon="circle-check" title="Nothing to decide.">When two people may be one, the question shows here.</EmptyState>
            : <RowList label="Questions" rows={matches.map(match => ({ href: `/console/imports/matches/${match.id}`, title: `${match.one.name} and ${match.other.name}`, detail: whyWords[match.why], aside: formatWhen(match.askedAt, zone, 'moment-short') }))} />}
        </Section>
        <Section title="Could not be used"><Parked rows={parked.filter(one => !one.isKept)} zone={zone} none="Everything that came could be used." /></Section>
        <Section title="Kept, but odd"><Parked rows={parked.filter(one => one.isKept)} zone={zone} none="Nothing odd was found in what came." /></Section>
        <Section title={say('joins.section')}><Joins {...{ joins, say, zone }} /></Section>
        <Section title="Lately">
          {runs.length === 0
            ? <EmptyState icon="download" title="Nothing has been imported yet." />
            : <Table caption="Imports, newest first" isCaptionHidden columns={[{ key: 'when', words: 'When' }, { key: 'source', words: 'Source' }, { key: 'read', words: 'Read', isNumber: true }, { key: 'added', words: 'New', isNumber: true }, { key: 'parked', words: 'Put aside', isNumber: true }, { key: 'state', words: 'State' }]}
                rows={runs.map(run => ({ key: run.id, cells: { when: formatWhen(run.startedAt, zone, 'moment-short'), source: run.source, read: number.format(run.read), added: number.format(run.added), parked: number.format(run.parked), state: run.finishedAt ? 'Done' : 'Not finished: run it again' } }))} />}
        </Section>
      </>)
  },
  async post(ctx, form) {
    await settleParked(ctx, String(form.get('settle') ?? ''))
    return seeOther('/console/imports?said=settled')
  },
}

function saidOf(said: string | null, say: Say): string | undefined {
  return said === 'settled' ? 'Put away.' : said === 'answered' ? 'Thank you. It is done.' : said === 'apart' ? say('joins.said.apart') : undefined
}

function Parked({ rows, zone, none }: { rows: readonly ParkedRow[]; zone: string; none: string }) {
  if (rows.length === 0) return <EmptyState icon="circle-check" title={none} />
  return rows.map(one => (
    <Details key={one.id} summary={<>{one.fhirType ?? 'Something'} {one.sourceId} {one.reason} <span className="soft">({one.file}, byte {number.format(one.position)})</span></>}>
      <p>From “{one.source}”, {formatWhen(one.parkedAt, zone, 'moment')}.</p>
      {one.isKept ? <p>It is part of the record as it came, and shown where it can do no harm. Tell the sender, so that the next one is right.</p>
        : one.excerpt ? <><pre className="as-written">{one.excerpt}</pre>{/^message [0-9a-f-]{36}$/.test(one.file) && <p><a href={`/console/feeds/messages/${one.file.slice(8)}`}>Read all of it</a></p>}</>
          : <p>What it says may be part of a record, so it is shown to those who read records alone. The file and the place in it are above.</p>}
      <Form label={`Put away ${one.id}`}><Actions><Button kind="secondary" name="settle" value={one.id}>I have looked at it</Button></Actions></Form>
    </Details>
  ))
}

function Joins({ joins, say, zone }: { joins: readonly JoinRow[]; say: Say; zone: string }) {
  if (joins.length === 0) return <EmptyState icon="circle-check" title={say('joins.none')} />
  return <RowList label={say('joins.section')} rows={joins.map(join => ({ href: `/console/imports/joined/${join.id}`, title: say('joins.row', { merged: join.mergedName, kept: join.keptName }), ...(join.saidBy && { detail: say('joins.said-by', { source: join.saidBy }) }), aside: formatWhen(join.mergedAt, zone, 'moment-short') }))} />
}

export const consoleMatch: StaffPage = {
  for: { staff: settleImports },
  get: (ctx, { params }) => showMatch(ctx, params.id!),
  async post(ctx, form, { params }) {
    const answer = form.get('answer')
    if (answer !== 'same' && answer !== 'different') return seeOther(`/console/imports/matches/${params.id}`)
    const outcome = await answerMatch(ctx, params.id!, answer)
    if (outcome.ok) return seeOther('/console/imports?said=answered')
    return outcome.reason === 'answered-already' ? seeOther('/console/imports?said=late') : showMatch(ctx, params.id!, outcome.reason)
  },
}

async function showMatch(ctx: Ctx<StaffActor>, id: string, reason?: CarryRefusal): Promise<Answer> {
  const match = await readMatch(ctx, id)
  const say = words(ctx.session?.locale ?? 'en')
  return ctx.house.shell.console(ctx, { title: 'Are these two the same person?', current: '/console/imports', ...(reason && { status: 422 }) },
    <>
      <PageHead title="Are these two the same person?" lead={whyWords[match.why]} back={{ href: '/console/imports', words: 'Imports' }} />
      {reason && (
        <Notice tone="notice" title={say('joins.not-yet')}>
          <p>{say(`joins.refused.${reason}`)}</p>
          <ul>{(['one', 'other'] as const).map(which => <li key={which}><a href={`/console/patients/${match[which].id}#way-in`}>{say(`joins.open.${which}`, { name: match[which].name })}</a></li>)}</ul>
        </Notice>
      )}
      <Table caption="Side by side" isCaptionHidden columns={[{ key: 'what', words: 'What', isLabelHidden: true }, { key: 'one', words: 'Came now' }, { key: 'other', words: 'Was here' }]} rows={compare(match.one, match.other)} />
      <Form label="Answer">
        <p>If you are not sure, leave it: two records can be joined later, and a wrong join shows one patient what is another’s.</p>
        <Actions><Button name="answer" value="different">They are two people</Button><Button kind="danger" name="answer" value="same">They are the same person: join them</Button></Actions>
      </Form>
    </>)
}

function compare(one: PatientFacts, other: PatientFacts): { key: string; cells: Record<string, ReactNode> }[] {
  const rows: [string, (person: PatientFacts) => string | null][] = [
    ['Name', person => person.name], ['Birth date', person => person.birthDate && formatDay(person.birthDate)], ['Sex', person => person.sex], ['Record number', person => person.mrn],
    ['Telephone', person => person.phone], ['E-mail', person => person.email], ['Address', person => person.address],
  ]
  return rows.map(([what, of]) => {
    const [a, b] = [of(one) ?? '—', of(other) ?? '—']
    return { key: what, cells: { what, one: a === b ? a : <strong>{a}</strong>, other: a === b ? b : <strong>{b}</strong> } }
  })
}
