import { seeOther, type PortalPage } from '#platform/page.tsx'
import { words } from '#platform/words.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { PageHead } from '#ui/things.tsx'
import { listRecords, switchTo } from '../act-for-another.ts'

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
          <Form key={record.patientId} label={say('accounts.switch.title')} prefix={`r${index}-`}>
            <input type="hidden" name="patient" value={record.patientId} />
            <Actions><Button kind={record.patientId === ctx.actor.patientId ? 'primary' : 'secondary'} isWide>{record.isOwn ? say('accounts.switch.own') : say('accounts.switch.other', { number: records.filter(one => !one.isOwn).indexOf(record) + 1 })}</Button></Actions>
          </Form>
        ))}
      </>)
  },
  async post(ctx, form) {
    await switchTo(ctx, String(form.get('patient') ?? ''))
    return seeOther('/portal')
  },
}
