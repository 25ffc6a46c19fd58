import type { StaffPage } from '#platform/page.tsx'
import { formatWhen } from '#platform/when.ts'
import { Facts, PageHead } from '#ui/things.tsx'
import { readTexts } from '../access.ts'
import { readText } from '../keep-text.ts'
import { pointWords } from '../read-point.ts'

/** One text as it came. */
export const consoleText: StaffPage = {
  for: { staff: readTexts },
  async get(ctx, { params }) {
    const [zone, text] = [await ctx.house.shell.zone(ctx), await readText(ctx, params.id!)]
    return ctx.house.shell.console(ctx, { title: 'A text that came', current: '/console/inbox' },
      <>
        <PageHead title="A text that came" back={{ href: '/console/inbox', words: 'Inbox' }} />
        <Facts items={[{ term: 'From', words: <a href={`tel:${text.from}`}>{pointWords({ kind: 'phone', address: text.from })}</a> }, { term: 'Came', words: formatWhen(text.heardAt, zone, 'moment') },
          ...(text.patientId ? [{ term: 'Their page', words: <a href={`/console/patients/${text.patientId}`}>Open it</a> }] : [])]} />
        <p className="as-written">{text.words}</p>
      </>)
  },
}
