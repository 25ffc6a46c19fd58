import type { StaffPage } from '#platform/page.tsx'
import { formatWhen } from '#platform/when.ts'
import { EmptyState } from '#ui/notice.tsx'
import { PageHead } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { seeTestWords } from '../access.ts'
import { listUnnamedTests } from '../list-unnamed-tests.ts'

const count = new Intl.NumberFormat('en-US')

/** What somebody should write plain words for. Codes and counts: no patient stands on this page. */
export const consoleUnnamedTests: StaffPage = {
  for: { staff: seeTestWords },
  async get(ctx) {
    const [zone, tests] = [await ctx.house.shell.zone(ctx), await listUnnamedTests(ctx)]
    return ctx.house.shell.console(ctx, { title: 'Tests without plain words', current: '/console/tests' },
      <>
        <PageHead title="Tests without plain words" lead="Patients see these with the laboratory’s own name and the line that there is no plain description yet. The most frequent come first." />
        {tests.length === 0
          ? <EmptyState icon="circle-check" title="Every test has plain words.">When a result comes with a code that we have no words for, the code shows here.</EmptyState>
          : <Table caption="Tests without plain words, the most frequent first" isCaptionHidden columns={[{ key: 'name', words: 'The laboratory’s name' }, { key: 'code', words: 'Code' }, { key: 'times', words: 'How often', isNumber: true }, { key: 'last', words: 'Came last' }]}
              rows={tests.map(test => ({ key: test.code, cells: { name: test.name, code: <code>{test.code}</code>, times: count.format(test.times), last: formatWhen(test.lastAt, zone, 'day-short') } }))} />}
      </>)
  },
}
