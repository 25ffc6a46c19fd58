import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { EntryActions, Pair } from '#ui/console-parts.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { Details } from '#ui/things.tsx'
import { editWords } from '../access.ts'
import { saveService } from '../edit-values.ts'
import { loadPractice } from '../load-practice.ts'
import { moveUp, removeListed } from '../order-lists.ts'
import { fieldsOf } from '../read-fields.ts'
import type { Service } from '../shared.ts'
import { pairValues, showInPractice } from './console-frame.tsx'
import { previewHref } from './console-overview.tsx'

const here = '/console/practice/services'

/** What the practice does, in plain words. */
export const consoleServices: StaffPage = {
  for: { staff: editWords },
  get: (ctx, { query }) => showServices(ctx, { said: query.get('said') }),
  async post(ctx, form) {
    const fields = fieldsOf(form)
    const id = fields.id || null
    if (fields.do === 'remove' && id) {
      await removeListed(ctx, 'service', id)
      return seeOther(`${here}?said=removed`)
    }
    if (fields.do === 'up' && id) {
      await moveUp(ctx, 'service', id)
      return seeOther(`${here}?said=moved`)
    }
    const saved = await saveService(ctx, id, fields)
    return saved.ok ? seeOther(`${here}?said=${id ? 'saved' : 'added'}`) : showServices(ctx, { form: id ?? 'new', problems: saved.problems, values: fields })
  },
}

async function showServices(ctx: Ctx<StaffActor>, { form, problems, values, said = null }: { form?: string; problems?: Problems; values?: Values; said?: string | null }): Promise<Answer> {
  const { services = [] } = await loadPractice(ctx) ?? {}
  return showInPractice(ctx, { title: 'Services', lead: <>What you do, as a patient would say it. <a href={previewHref('/services')}>See the page</a></>, page: '/services', said, ...(form && { status: 422 }) },
    <>
      {services.length === 0 && <EmptyState icon="stethoscope" title="Nothing here yet.">Start with what people call about most.</EmptyState>}
      {services.map((service, index) => <ServiceForm key={service.id} service={service} isFirst={index === 0} {...(form === service.id && { problems, values })} />)}
      <ServiceForm {...(form === 'new' && { problems, values })} />
    </>)
}

function ServiceForm({ service, isFirst = true, problems, values }: { service?: Service; isFirst?: boolean; problems?: Problems | undefined; values?: Values | undefined }) {
  const stored = service ? { ...pairValues('name', service.name), ...pairValues('words', service.words) } : {}
  const name = service ? service.name.en : 'Add a service'
  return (
    <Details summary={name} isOpen={problems !== undefined}>
      <Form label={name} className="form-wide" prefix={`${service?.id ?? 'new'}-`} problems={problems} values={values ?? stored}>
        {service && <input type="hidden" name="id" value={service.id} />}
        <Pair name="name" label="Name" most={80} />
        <Pair name="words" label="In plain words" hint="What you do, for whom, how soon. Short sentences." most={1000} rows={3} />
        <EntryActions isNew={!service} isFirst={isFirst} />
      </Form>
    </Details>
  )
}
