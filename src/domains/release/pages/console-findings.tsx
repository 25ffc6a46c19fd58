import { seeOther, type StaffPage } from '#platform/page.tsx'
import { Actions, Button } from '#ui/button.tsx'
import { Field } from '#ui/fields.tsx'
import { Form } from '#ui/form.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { seeHoldCounts } from '../access.ts'
import { countFindings, isMonth, monthOf, type FindingCount } from '../count-findings.ts'

const dangerWords: Record<FindingCount['danger'], string> = { life: 'A life in danger', 'physical-safety': 'Physical safety', 'data-error': 'Known to be wrong' }

const monthWords = (month: string): string => new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-01T00:00:00Z`))

/** What was held back for safety in a month: how often, by whom and why. No patient stands in it. */
export const consoleFindings: StaffPage = {
  for: { staff: seeHoldCounts },
  async get(ctx, { query }) {
    const zone = await ctx.house.shell.zone(ctx)
    const month = isMonth(query.get('month') ?? '') ? query.get('month')! : monthOf(ctx.now(), zone)
    const counts = await countFindings(ctx, month)
    const total = (of: 'found' | 'ended' | 'ranOut' | 'stands' | 'again') => String(counts.reduce((sum, one) => sum + one[of], 0))
    return ctx.house.shell.console(ctx, { title: 'Held for safety', current: '/console/release' },
      <>
        <PageHead title={`Held for safety in ${monthWords(month)}`} back={{ href: '/console/release', words: 'When results open' }} lead="A clinician may hold one result back for seven days at most, if reading it would endanger life or physical safety, or it is known to be wrong. Look at whether it stays the exception." />
        {counts.length === 0
          ? <EmptyState icon="shield-check" title="Nothing was held back in this month.">Each finding of a clinician counts here, with no word of whom it was about.</EmptyState>
          : <Table caption="By clinician and reason" isCaptionHidden columns={[{ key: 'who', words: 'Who found it' }, { key: 'why', words: 'Why' }, { key: 'found', words: 'Held back', isNumber: true }, { key: 'again', words: 'Of these again', isNumber: true }, { key: 'ended', words: 'Ended early', isNumber: true }, { key: 'ranOut', words: 'Ran out', isNumber: true }, { key: 'stands', words: 'Stands', isNumber: true }]}
              rows={[
                ...counts.map(one => ({ key: `${one.foundBy}-${one.danger}`, cells: { who: one.name || 'Somebody who has left', why: dangerWords[one.danger], found: String(one.found), again: String(one.again), ended: String(one.ended), ranOut: String(one.ranOut), stands: String(one.stands) } })),
                { key: 'total', cells: { who: <strong>Together</strong>, why: '', found: <strong>{total('found')}</strong>, again: total('again'), ended: total('ended'), ranOut: total('ranOut'), stands: total('stands') } },
              ]} />}
        <Section title="Another month">
          <Form isInline label="Another month" values={{ month }}>
            <Field name="month" label="Month" maxLength={7} size="short" hint="For instance 2026-11." />
            <Actions><Button kind="secondary">Show</Button></Actions>
          </Form>
        </Section>
      </>)
  },
  post: async (_ctx, form) => {
    const month = String(form.get('month') ?? '').trim()
    return seeOther(`/console/release/findings${isMonth(month) ? `?month=${month}` : ''}`)
  },
}
