import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { dayIn, formatDay } from '#platform/when.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import { Pair } from '#ui/console-parts.tsx'
import { DateField, Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { Section } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { editPractice } from '../access.ts'
import { practiceZone } from '../count-deadline.ts'
import { loadExceptions, loadPractice } from '../load-practice.ts'
import { fieldsOf } from '../read-fields.ts'
import { periodsWords } from '../say-hours.ts'
import { addException, addHolidays, removeException } from '../set-hours.ts'
import { showInPractice } from './console-frame.tsx'

const here = '/console/practice/holidays'

/** Days unlike their weekday: closed, or with hours of their own. */
export const consoleHolidays: StaffPage = {
  for: { staff: editPractice },
  get: (ctx, { query }) => showHolidays(ctx, { said: query.get('said') }),
  async post(ctx, form) {
    const fields = fieldsOf(form)
    if (fields.remove) {
      await removeException(ctx, fields.remove)
      return seeOther(`${here}?said=removed`)
    }
    const year = Number(fields.year)
    if (Number.isInteger(year) && year >= 2000 && year < 2200) {
      await addHolidays(ctx, year)
      return seeOther(`${here}?said=added`)
    }
    const added = await addException(ctx, fields)
    return added.ok ? seeOther(`${here}?said=added`) : showHolidays(ctx, { problems: added.problems, values: fields })
  },
}

async function showHolidays(ctx: Ctx<StaffActor>, { problems, values, said = null }: { problems?: Problems; values?: Values; said?: string | null }): Promise<Answer> {
  const { locations = [] } = await loadPractice(ctx) ?? {}
  const today = dayIn(ctx.now(), await practiceZone(ctx))
  const days = (await loadExceptions(ctx)).filter(({ day }) => day >= today)
  const year = Number(today.slice(0, 4))
  const placeOf = (id: string | null) => (id === null ? 'Everywhere' : locations.find(location => location.id === id)?.name ?? 'A place we gave up')
  return showInPractice(ctx, { title: 'Holidays', lead: 'Days that are different. Pages change by themselves at midnight.', page: '/holidays', said, ...(problems && { status: 422 }) },
    <>
      <Form label="Public holidays" isInline>
        {[year, year + 1].map(which => <Button key={which} kind="secondary" name="year" value={String(which)} icon="calendar-plus">Add the public holidays of {which}</Button>)}
      </Form>
      <Section title="Coming">
        {days.length === 0
          ? <EmptyState icon="calendar-days" title="No day is different yet.">Add the public holidays, then your own days.</EmptyState>
          : <Table caption="Coming" isCaptionHidden columns={[{ key: 'day', words: 'Day' }, { key: 'name', words: 'Why' }, { key: 'place', words: 'Where' }, { key: 'hours', words: 'Hours' }, { key: 'remove', words: 'Remove', isLabelHidden: true }]}
              rows={days.map(({ id, day, name, periods, locationId }) => ({
                key: id,
                cells: {
                  day: formatDay(day, 'day'), name: name.en, place: placeOf(locationId), hours: periodsWords(periods, 'en'),
                  remove: <Form isInline label={`Remove ${name.en}, ${formatDay(day)}`}><Button kind="quiet" name="remove" value={id} label={`Remove ${name.en}, ${formatDay(day)}`}>Remove</Button></Form>,
                },
              }))} />}
      </Section>
      <Section title="Add a day">
        <Form label="Add a day" className="form-wide" problems={problems} values={values}>
          <DateField name="day" label="Day" min={today} />
          <Pair name="name" label="Why" hint="As patients read it." most={80} />
          {locations.length > 1 && <Select name="location" label="Where" isOptional emptyLabel="Everywhere" choices={locations.map(({ id, name }) => ({ value: id, label: name }))} />}
          <Field name="day-opens" label="Opens" hint="Leave both empty when you are closed all day." type="time" size="short" isOptional />
          <Field name="day-closes" label="Closes" type="time" size="short" isOptional />
          <Actions><Button>Add this day</Button></Actions>
        </Form>
      </Section>
    </>)
}
