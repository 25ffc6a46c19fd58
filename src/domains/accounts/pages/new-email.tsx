import { seeOther, type PortalPage } from '#platform/page.tsx'
import { words } from '#platform/words.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { PageHead } from '#ui/things.tsx'
import { useNewEmail } from '../own-account.ts'

/** The link in the mail shows a button; the button changes the address. Nothing changes by opening a link. */
export const newEmailPage: PortalPage = {
  for: 'patient',
  async get(ctx, { locale }) {
    const say = words(locale)
    return ctx.house.shell.portal(ctx, { title: say('accounts.email'), current: '/portal/settings' },
      <><PageHead title={say('accounts.email')} lead={say('accounts.email.confirm')} /><Form label={say('accounts.email')}><Actions><Button isWide>{say('accounts.email.confirm.do')}</Button></Actions></Form></>)
  },
  async post(ctx, _form, { params }) {
    await useNewEmail(ctx, params.token!)
    return seeOther('/portal/settings?said=saved')
  },
}
