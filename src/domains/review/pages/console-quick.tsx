import { seeOther, type StaffPage } from '#platform/page.tsx'
import { formatWhen } from '#platform/when.ts'
import { commentOn, countReviews, listReviews, plainTestName, readReview, tellToStaff } from '#records'
import { Actions, Button } from '#ui/button.tsx'
import { TextArea } from '#ui/fields.tsx'
import { Form } from '#ui/form.tsx'
import { EmptyState, Notice } from '#ui/notice.tsx'
import { PageHead } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { seeReviews } from '../access.ts'
import { ruleFor } from '../record-rule.ts'
import { refusals } from './review-words.tsx'

/** Normal results one after the other, a personal line each; Enter in the button sends and brings the next. */
export const consoleQuick: StaffPage = {
  for: { staff: seeReviews },
  async get(ctx, { query }) {
    const skipped = new Set((query.get('skip') ?? '').split(',').filter(part => /^[0-9a-f-]{36}$/.test(part)))
    const [[row], { normal }] = [await listReviews(ctx, 'normal', { limit: 1, but: [...skipped] }), await countReviews(ctx)]
    if (!row) return ctx.house.shell.console(ctx, { title: 'Normal results', current: '/console/results' }, <><PageHead title="Normal results" back={{ href: '/console/results', words: 'Results' }} /><EmptyState icon="circle-check" title={normal > 0 ? 'You have put off the rest. They stay in the list.' : 'That was the last of them.'} /></>)
    const told = await tellToStaff(ctx, { patientId: row.patientId, resultId: row.resultId, resourceId: row.resourceId })
    const zone = await ctx.house.shell.zone(ctx)
    const first = told.patient.name.split(' ')[0] ?? ''
    const line = told.patient.language === 'es' ? `${first}, sus resultados están dentro de lo normal. No tiene que hacer nada por ahora.` : `${first}, your results are in the usual range. You need not do anything now.`
    const problem = Object.entries(refusals).find(([reason]) => reason === query.get('no'))?.[1]
    return ctx.house.shell.console(ctx, { title: 'Normal results', current: '/console/results' },
      <>
        <PageHead title={`${told.patient.name}: ${plainTestName({ code: row.code, name: row.name }, 'en')}`} back={{ href: '/console/results', words: 'Results' }} lead={`${Math.max(1, normal - skipped.size)} left. Answer by ${row.replyBy ? formatWhen(row.replyBy, zone, 'moment-short') : 'soon'}.`} />
        {problem && <Notice tone="notice" title={problem} />}
        <Table caption="The figures" isCaptionHidden columns={[{ key: 'name', words: 'Test' }, { key: 'value', words: 'Value' }, { key: 'range', words: 'Range' }, { key: 'past', words: 'Before' }]}
          rows={told.lines.map((one, index) => ({ key: String(index), cells: { name: one.name, value: one.value, range: one.range ?? '', past: one.past.join('; ') } }))} />
        <Form label="Write a line" values={{ words: line }}>
          <input type="hidden" name="life" value={row.lifeId} />
          <input type="hidden" name="locale" value={told.patient.language} />
          <TextArea name="words" label="Your line" rows={3} maxLength={2_000} />
          <Actions>
            <Button name="action" value="send" icon="send">Send, and the next</Button>
            <Button kind="secondary" name="action" value="skip">Not now</Button>
          </Actions>
        </Form>
      </>)
  },
  async post(ctx, form, { query }) {
    const life = String(form.get('life') ?? '')
    const skip = (query.get('skip') ?? '').split(',').filter(part => /^[0-9a-f-]{36}$/.test(part)).slice(-60)
    const kept = (more: readonly string[]) => (more.length > 0 ? `skip=${more.join(',')}` : '')
    if (form.get('action') === 'skip') return seeOther(`/console/results/quick?${kept([...skip, life])}`)
    const row = /^[0-9a-f-]{36}$/.test(life) ? await readReview(ctx, life) : undefined
    if (!row || row.bearing !== 'normal' || row.tier > 1) return seeOther(`/console/results/quick?no=not-yours`)
    const outcome = row.reviewedAt ? { ok: false as const, reason: 'answered-already' } : await commentOn(ctx, life, { words: String(form.get('words') ?? ''), locale: form.get('locale') === 'es' ? 'es' : 'en', rule: await ruleFor(ctx, row.category) })
    return seeOther(`/console/results/quick?${outcome.ok ? kept(skip) : `no=${outcome.reason}`}`)
  },
}
