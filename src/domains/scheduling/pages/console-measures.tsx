import type { ReactNode } from 'react'
import type { StaffPage } from '#platform/page.tsx'
import { addDays, formatDay } from '#platform/when.ts'
import { ColumnChart, type ChartColumn } from '#ui/column-chart.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { Table, type Column } from '#ui/table.tsx'
import { Section } from '#ui/things.tsx'
import { Tabs } from '#ui/wayfinding.tsx'
import { planSchedule } from '../access.ts'
import { measuredAt, thirdWithinDays } from '../measure-schedule.ts'
import { noShowOf, onlineOf, readMeasures, refilledOf, smallestCell, spans, type Group, type Measures, type Share, type ThirdOpen, type Week } from '../read-measures.ts'
import { schedulePath, showInSchedule } from './console-frame.tsx'

const here = `${schedulePath}/measures`
const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })
const tooFew = `Fewer than ${smallestCell}`
const percentWords = (share: Share): string => (share ? `${number.format(share.percent)} %` : tooFew)
const weekWords = (monday: string): string => formatDay(monday)

/** How the schedule does, week by week: who did not come, how soon there is a time, what was filled again, what patients book themselves. */
export const consoleMeasures: StaffPage = {
  for: { staff: planSchedule },
  async get(ctx, { query }) {
    const weeks = spans.find(one => String(one) === query.get('weeks')) ?? spans[0]!
    const measures = await readMeasures(ctx, weeks)
    const lead = `${weeks} whole weeks, from ${formatDay(measures.from, 'day')} to ${formatDay(addDays(measures.to, -1), 'day')}. Counted once an hour. Visits that another system keeps are not in it.`
    const hasAny = measures.weeks.some(week => week.came + week.missed + week.unmarked + week.cancelled > 0)
    return showInSchedule(ctx, { title: 'How the schedule does', page: '/measures', lead },
      <>
        <Tabs label="How many weeks" current={`${here}?weeks=${weeks}`} items={spans.map(one => ({ href: `${here}?weeks=${one}`, words: `${one} weeks` }))} />
        {hasAny ? <Charts measures={measures} /> : <EmptyState icon="chart-line" title="No visits in these weeks.">The figures show here when the first whole week of visits is over.</EmptyState>}
        <Third measures={measures} />
      </>)
  },
}

type Figure = { title: string; what: ReactNode; all: Share; allWords: string; of: (week: Week) => Share; more: readonly { words: string; of: (week: Week) => number }[] }

function Charts({ measures }: { measures: Measures }) {
  const { total } = measures
  return (
    <>
      <Share measures={measures} figure={{
        title: 'Did not come', all: noShowOf(total), allWords: 'of the visits were missed', of: noShowOf, more: [{ words: 'Missed', of: week => week.missed }, { words: 'Came', of: week => week.came }, { words: 'Not marked', of: week => week.unmarked }, { words: 'Cancelled', of: week => week.cancelled }, { words: 'Cancelled late', of: week => week.cancelledLate }],
        what: <>Visits that nobody came to, of all whose coming or not was noted. A visit that was cancelled is in neither; “cancelled late” is less than 24 hours before. Mark every visit: what nobody marked is not counted.</>,
      }} />
      <Groups title="By clinician" head="Clinician" groups={measures.byClinician} />
      <Groups title="By kind of visit" head="Kind of visit" groups={measures.byType} />
      <Share measures={measures} figure={{
        title: 'Times that were filled again', all: refilledOf(total), allWords: 'of the times that were let go were filled', of: refilledOf, more: [{ words: 'Let go', of: week => week.letGo }, { words: 'Filled again', of: week => week.refilled }],
        what: 'Times that a visit gave up before it began, cancelled or moved, and of them those that another visit with the same clinician took before then. What is kept free since is not counted.',
      }} />
      <Share measures={measures} figure={{
        title: 'Booked by patients themselves', all: onlineOf(total), allWords: 'of the visits were booked online', of: onlineOf, more: [{ words: 'Online', of: week => week.online }, { words: 'At the desk', of: week => week.desk }],
        what: 'Visits of the week that a patient, or somebody who acts for them, booked online, of all that were booked here; those cancelled since are counted too.',
      }} />
    </>
  )
}

function Share({ measures: { weeks }, figure: { title, what, all, allWords, of, more } }: { measures: Measures; figure: Figure }) {
  const columns = weeks.map((week): ChartColumn => ({ key: week.monday, when: weekWords(week.monday), value: of(week)?.percent, words: percentWords(of(week)) }))
  return (
    <Section title={title}>
      <p>{what}</p>
      <ColumnChart title={`${title}, by week`} summary={all ? `Over all these weeks ${percentWords(all)} ${allWords}: ${all.part} of ${all.of}.` : `${tooFew} in all these weeks: too few to say.`}
        columns={columns} mean={all && { value: all.percent, words: `All weeks: ${percentWords(all)}` }} unit=" %" stripedWords={`Striped: ${tooFew.toLowerCase()} visits, too few to say.`}>
        <Table isWide caption={`${title}, by week`} isCaptionHidden columns={[{ key: 'week', words: 'Week of' }, { key: 'share', words: 'Share', isNumber: true }, ...more.map(({ words }): Column => ({ key: words, words, isNumber: true }))]}
          rows={weeks.toReversed().map(week => ({ key: week.monday, cells: { week: weekWords(week.monday), share: percentWords(of(week)), ...Object.fromEntries(more.map(one => [one.words, number.format(one.of(week))])) } }))} />
      </ColumnChart>
    </Section>
  )
}

function Groups({ title, head, groups }: { title: string; head: string; groups: readonly Group[] }) {
  return (
    <Section level={3} title={title}>
      <Table caption={`Did not come, ${title.toLowerCase()}`} isCaptionHidden columns={[{ key: 'name', words: head }, { key: 'share', words: 'Did not come', isNumber: true }, { key: 'of', words: 'Of so many visits', isNumber: true }, { key: 'unmarked', words: 'Not marked', isNumber: true }]}
        rows={groups.map((group, index) => ({ key: String(index), cells: { name: group.name, share: percentWords(noShowOf(group)), of: group.came + group.missed < smallestCell ? tooFew : number.format(group.came + group.missed), unmarked: number.format(group.unmarked) } }))} />
    </Section>
  )
}

const daysWords = (days: number | null): string => (days === null ? `None in ${thirdWithinDays} days` : days === 0 ? 'Today' : days === 1 ? '1 day' : `${number.format(days)} days`)

function Third({ measures: { weeks, third, thirdDay } }: { measures: Measures }) {
  const looked = weeks.filter(week => week.third !== null)
  return (
    <Section title="Third next time">
      <p>How many days it takes until the third open time: the first may be one that was only just let go. Every day counts, and days from today are counted. We look once a day at {measuredAt}, past how long before a kind of visit must be booked.</p>
      {thirdDay === null
        ? <EmptyState icon="calendar" title="Nobody has looked yet.">The first figures are here tomorrow morning, once there are clinicians with hours.</EmptyState>
        : <>
            {looked.length > 0 && <ThirdByWeek weeks={weeks} />}
            <ThirdNow third={third} day={thirdDay} />
          </>}
    </Section>
  )
}

function ThirdByWeek({ weeks }: { weeks: readonly Week[] }) {
  const wordsOf = (week: Week): string => (week.third === null ? 'Not measured' : daysWords(week.third))
  return (
    <ColumnChart title="Third next time, by week" summary="The middle of all clinicians and kinds of visit in each week, in days." unit="" stripedWords="Striped: not measured in that week."
      columns={weeks.map(week => ({ key: week.monday, when: weekWords(week.monday), value: week.third ?? undefined, words: wordsOf(week) }))}>
      <Table isWide caption="Third next time, by week" isCaptionHidden columns={[{ key: 'week', words: 'Week of' }, { key: 'days', words: 'Until the third time, the middle of all', isNumber: true }]}
        rows={weeks.toReversed().map(week => ({ key: week.monday, cells: { week: weekWords(week.monday), days: wordsOf(week) } }))} />
    </ColumnChart>
  )
}

const ThirdNow = ({ third, day }: { third: readonly ThirdOpen[]; day: string }) => (
  <Table caption={`Third next time on ${formatDay(day, 'day')}`} columns={[{ key: 'who', words: 'Clinician' }, { key: 'type', words: 'Kind of visit' }, { key: 'now', words: 'On that day', isNumber: true }, { key: 'median', words: 'The middle of these weeks', isNumber: true }]}
    rows={third.map((row, index) => ({ key: String(index), cells: { who: row.who, type: row.type, now: daysWords(row.now), median: daysWords(row.median) } }))} />
)
