import { formatWhen } from '#platform/when.ts'
import { Badge } from '#ui/notice.tsx'
import { Facts, Section } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { types } from '../get-token.ts'
import { problemWords } from '../problems.ts'
import type { PullFile, PullRun } from '../run-state.ts'

const count = new Intl.NumberFormat('en-US')
const kindWords: Record<PullRun['kind'], string> = { trial: 'Trial', nightly: 'Each night', 'by-hand': 'By hand' }
const stateWords: Record<PullRun['state'], string> = { asked: 'About to begin', exporting: 'The EHR is making the export', fetching: 'Files are fetched', done: 'Done', failed: 'Did not work' }

/** What was asked, what arrived, and what did not. */
export function Gaps({ run, files, zone }: { run: PullRun; files: readonly PullFile[]; zone: string }) {
  const byType = new Map<string, number>()
  for (const file of files) if (file.kind === 'output') byType.set(file.fhirType, (byType.get(file.fhirType) ?? 0) + file.lines)
  const parked = files.reduce((sum, file) => sum + file.parked, run.missing ?? 0)
  const none = types.filter(type => !byType.get(type))
  const short = files.filter(file => file.problem)
  if (files.length === 0) return null
  return (
    <Section title={run.kind === 'trial' ? 'What the trial counted' : 'What came last'}>
      <Table caption="Arrived" isCaptionHidden columns={[{ key: 'type', words: 'Kind of record' }, { key: 'count', words: 'Arrived', isNumber: true }]} rows={[...byType].map(([type, lines]) => ({ key: type, cells: { type, count: count.format(lines) } }))} />
      <Facts items={[
        { term: 'Asked for', words: run.since ? `what changed since ${formatWhen(run.since, zone, 'moment')}` : 'everything' },
        ...(run.members !== null ? [{ term: 'In the group', words: `${count.format(run.members)} patients` }] : []),
        ...(run.missing !== null ? [{ term: 'Patients who did not come', words: count.format(run.missing) }] : []),
        ...(run.bare !== null ? [{ term: 'Patients who came without a record', words: count.format(run.bare) }] : []),
        ...(run.kind !== 'trial' ? [{ term: 'Put aside', words: parked === 0 ? 'nothing' : <a href="/console/imports">{count.format(parked)}, with the reasons</a> }] : []),
        ...(run.state === 'done' && none.length > 0 && !run.since ? [{ term: 'None of these', words: none.join(', ') }] : []),
        ...(short.length > 0 ? [{ term: 'Shorter than the EHR said', words: short.map(file => file.fhirType).join(', ') }] : []),
      ]} />
    </Section>
  )
}

export function Fetches({ runs, zone }: { runs: readonly PullRun[]; zone: string }) {
  return (
    <Section title="Lately">
      <Table caption="Fetches, newest first" isCaptionHidden columns={[{ key: 'when', words: 'Begun' }, { key: 'kind', words: 'Why' }, { key: 'state', words: 'State' }]}
        rows={runs.map(run => ({ key: run.id, cells: {
          when: formatWhen(run.begunAt, zone, 'moment-short'), kind: kindWords[run.kind],
          state: run.state === 'failed' ? <><Badge tone="act">Did not work</Badge> {run.problem && problemWords[run.problem]}</> : stateWords[run.state],
        } }))} />
    </Section>
  )
}
