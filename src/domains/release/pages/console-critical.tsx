import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { Invalid, NotFound } from '#platform/errors.ts'
import { may } from '#platform/permission.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { Actions, Button } from '#ui/button.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { PageHead, Section } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { keepLimits, seeLimits } from '../access.ts'
import { addLimit, endLimit, readLimits, type Limit } from '../keep-limits.ts'

const here = '/console/release/critical'
const names = ['loinc', 'name', 'unit', 'low', 'high', 'from', 'until'] as const
const said: Record<string, string> = { added: 'Added. It counts for what comes in from now on.', ended: 'Taken out. It no longer counts.' }

/** From which value on a result pages whoever is on call, whatever the laboratory flagged. */
export const consoleCritical: StaffPage = {
  for: { staff: seeLimits },
  get: (ctx, { query }) => show(ctx, { flash: said[query.get('said') ?? ''] }),
  async post(ctx, form) {
    const text = (name: string) => String(form.get(name) ?? '')
    const id = text('end')
    if (id !== '') {
      if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id)) throw new NotFound()
      await endLimit(ctx, id)
      return seeOther(`${here}?said=ended`)
    }
    const values = Object.fromEntries(names.map(name => [name, text(name)])) as Record<(typeof names)[number], string>
    try {
      const added = await addLimit(ctx, values)
      if (added.ok) return seeOther(`${here}?said=added`)
      return show(ctx, { values, problems: { loinc: added.reason === 'too-many' ? 'Three hundred are the most.' : 'This test has limits in this unit for that age already. Take those out first.' } })
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return show(ctx, { values, problems: error.problems })
    }
  },
}

const ageWords = ({ fromYears, untilYears }: Limit): string => (fromYears === null && untilYears === null ? 'All' : untilYears === null ? `From ${fromYears} years` : fromYears === null ? `Under ${untilYears} years` : `${fromYears} to under ${untilYears} years`)

async function show(ctx: Ctx<StaffActor>, { problems, values, flash }: { problems?: Problems; values?: Values; flash?: string | undefined } = {}): Promise<Answer> {
  const [limits, mayKeep] = [await readLimits(ctx), may(ctx, keepLimits)]
  return ctx.house.shell.console(ctx, { title: 'Critical values', current: '/console/release', ...(problems && { status: 422 }), ...(flash && { flash: { words: flash } }) },
    <>
      <PageHead title="Critical values" back={{ href: '/console/release', words: 'When results open' }} lead="What a laboratory marks as critical (HH, LL, AA) always pages whoever is on call. Here you add values of your own that do the same." />
      {limits.length === 0
        ? <EmptyState icon="flask-conical" title="No values of your own yet.">Rapport brings none along: which values are critical depends on whom you treat and on your laboratory’s methods, and no list fits every practice. Take them from the critical-value policy that your clinicians and your laboratory have agreed on.</EmptyState>
        : <Table caption="In force" isCaptionHidden columns={[{ key: 'name', words: 'Test' }, { key: 'loinc', words: 'LOINC' }, { key: 'low', words: 'At or below', isNumber: true }, { key: 'high', words: 'At or above', isNumber: true }, { key: 'unit', words: 'Unit' }, { key: 'age', words: 'Age' }, ...(mayKeep ? [{ key: 'end', words: 'Take out', isLabelHidden: true }] : [])]}
            rows={limits.map(limit => ({ key: limit.id, cells: {
              name: limit.name, loinc: limit.loinc, low: limit.low ?? '—', high: limit.high ?? '—', unit: limit.unit, age: ageWords(limit),
              end: mayKeep && <Form isInline label={`Take out ${limit.name}`}><Button kind="quiet" name="end" value={limit.id} label={`Take out ${limit.name}, ${limit.unit}`}>Take out</Button></Form>,
            } }))} />}
      {mayKeep && (
        <Section title="Add one">
          <Form problems={problems ?? {}} values={values ?? {}} label="Add a critical value">
            <Field name="name" label="Test" maxLength={80} />
            <Field name="loinc" label="LOINC code" maxLength={9} size="short" hint="For instance 2823-3." />
            <Field name="unit" label="Unit" maxLength={40} size="short" hint="As your laboratory sends it. A result in a unit that cannot be turned into this one by a power of ten is not compared: add a row for it." />
            <Field name="low" label="Critical at or below" maxLength={17} size="short" inputMode="decimal" isOptional />
            <Field name="high" label="Critical at or above" maxLength={17} size="short" inputMode="decimal" isOptional />
            <Field name="from" label="From this age, in years" maxLength={3} size="short" inputMode="numeric" isOptional />
            <Field name="until" label="Under this age, in years" maxLength={3} size="short" inputMode="numeric" isOptional />
            <Actions><Button icon="plus">Add it</Button></Actions>
          </Form>
        </Section>
      )}
    </>)
}
