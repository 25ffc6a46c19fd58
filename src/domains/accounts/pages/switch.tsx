import { seeOther, type PortalPage } from '#platform/page.tsx'
import { words, type Say } from '#platform/words.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { PageHead } from '#ui/things.tsx'
import { listRecords, switchTo, type OpenRecord } from '../act-for-another.ts'

/** Whose record is open: one's own, or that of somebody one looks after. */
export const switchPage: PortalPage = {
  for: 'patient',
  async get(ctx, { locale, query }) {
    const say = words(locale)
    const records = await listRecords(ctx)
    return ctx.house.shell.portal(ctx, { title: say('accounts.switch.title'), current: '/portal/settings', ...(query.get('said') === 'care' && { flash: { words: say('accounts.care.done') } }) },
      <>
        <PageHead title={say('accounts.switch.title')} lead={say('accounts.switch.lead')} />
        {records.map((record, index) => (
          <Form key={record.patientId} label={nameOf(record, records, say)} prefix={`r${index}-`}>
            <input type="hidden" name="patient" value={record.patientId} />
            <Actions><Button kind={record.patientId === ctx.actor.patientId ? 'primary' : 'secondary'} isWide>{nameOf(record, records, say)}</Button></Actions>
          </Form>
        ))}
      </>)
  },
  async post(ctx, form) {
    await switchTo(ctx, String(form.get('patient') ?? ''))
    return seeOther('/portal')
  },
}

/** By name; whose name is not known by what they are, and by number where there are several. */
function nameOf(record: OpenRecord, all: readonly OpenRecord[], say: Say): string {
  if (record.isOwn) return say('accounts.switch.own')
  if (record.name) return record.name
  const unnamed = all.filter(one => !one.isOwn && !one.name)
  return unnamed.length === 1 ? say(record.basis === 'parent-of-child' ? 'accounts.switch.child' : 'accounts.switch.one') : say('accounts.switch.other', { number: unnamed.indexOf(record) + 1 })
}
