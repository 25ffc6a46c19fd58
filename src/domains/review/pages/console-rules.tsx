import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { may } from '#platform/permission.ts'
import { formatWhen } from '#platform/when.ts'
import { namesOf } from '#accounts'
import { Actions, Button } from '#ui/button.tsx'
import { Checkboxes } from '#ui/choices.tsx'
import { Field, TextArea } from '#ui/fields.tsx'
import { Form } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { Details, PageHead, Section } from '#ui/things.tsx'
import { recordRules, seeReviews, writeTemplates } from '../access.ts'
import { dropTemplate, keepTemplate, listTemplates, type Template } from '../keep-templates.ts'
import { endRule, recordRule, standingRules } from '../record-rule.ts'

const categoryWords: Record<string, string> = { routine: 'Routine blood and urine', infection: 'Infections', imaging: 'Pictures', pregnancy: 'Pregnancy' }
const problems: Record<string, string> = { 'no-category': 'Choose at least one kind of result.', 'few-words': 'Say in a sentence or two what the care team may answer.', 'no-words': 'A name and the English words are needed.', 'too-long': 'That is too long.', 'too-many': 'Sixty beginnings are the most.' }

/** What the care team may answer, and how comments begin. */
export const consoleRules: StaffPage = {
  for: { staff: seeReviews },
  get: (ctx, { query }) => showRules(ctx, { isSaid: query.get('said') === 'kept' }),
  async post(ctx, form) {
    const text = (name: string) => String(form.get(name) ?? '')
    const outcome = await act(ctx, form, text)
    return outcome.ok ? seeOther('/console/results/rules?said=kept') : showRules(ctx, { problem: problems[outcome.reason] ?? outcome.reason })
  },
}

async function act(ctx: Ctx<StaffActor>, form: FormData, text: (name: string) => string): Promise<{ ok: true } | { ok: false; reason: string }> {
  switch (text('action')) {
    case 'record': return recordRule(ctx, { of: form.getAll('category').map(String), words: text('words'), days: 365 })
    case 'end': await endRule(ctx, text('id')); return { ok: true }
    case 'drop': await dropTemplate(ctx, text('id')); return { ok: true }
    default: return keepTemplate(ctx, { id: text('id') || undefined, name: text('name'), en: text('en'), es: text('es') })
  }
}

async function showRules(ctx: Ctx<StaffActor>, { problem, isSaid }: { problem?: string; isSaid?: boolean }): Promise<Answer> {
  const [rules, templates, zone] = [await standingRules(ctx), await listTemplates(ctx), await ctx.house.shell.zone(ctx)]
  const names = await namesOf(ctx, rules.map(rule => rule.recordedBy))
  return ctx.house.shell.console(ctx, { title: 'Rules and beginnings', current: '/console/results', ...(problem && { status: 422 }), ...(isSaid && { flash: { words: 'Kept.' } }) },
    <>
      <PageHead title="Rules and beginnings" back={{ href: '/console/results', words: 'Results' }} />
      {problem && <Notice tone="notice" title={problem} />}
      <Section title="What the care team may answer">
        {rules.length === 0 ? <p>No rule stands. A clinician looks at every result.</p> : rules.map(rule => (
          <div key={rule.id} className="stack">
            <p><strong>{rule.categories.map(category => categoryWords[category] ?? category).join(', ')}</strong>, when all is in the range. {rule.words}<br /><span className="soft">{names.get(rule.recordedBy) ?? 'A clinician'}, {formatWhen(rule.recordedAt, zone, 'day-short')}, until {formatWhen(rule.until, zone, 'day-short')}</span></p>
            {may(ctx, recordRules) && <Form prefix={`end-${rule.id}-`} label="End this rule"><input type="hidden" name="id" value={rule.id} /><Button kind="quiet" name="action" value="end">End this rule</Button></Form>}
          </div>
        ))}
        {may(ctx, recordRules) && (
          <Details summary="Record a rule">
            <Form prefix="rule-" label="Record a rule">
              <Checkboxes name="category" label="Normal results of" choices={Object.entries(categoryWords).map(([value, label]) => ({ value, label }))} />
              <TextArea name="words" label="What they may answer" rows={3} maxLength={2_000} hint="For instance: normal blood counts and sugar of my patients, with a line that all is well." />
              <Actions><Button name="action" value="record">Record it for a year</Button></Actions>
            </Form>
          </Details>
        )}
      </Section>
      <Section title="How comments begin">
        {templates.map(template => may(ctx, writeTemplates) ? <TemplateForm key={template.id} template={template} /> : <p key={template.id}><strong>{template.name}</strong><br />{template.en}</p>)}
        {may(ctx, writeTemplates) && <TemplateForm />}
      </Section>
    </>)
}

function TemplateForm({ template }: { template?: Template }) {
  return (
    <Details summary={template?.name ?? 'A new beginning'}>
      <Form prefix={`t-${template?.id ?? 'new'}-`} label={template?.name ?? 'A new beginning'} values={template ? { name: template.name, en: template.en, es: template.es } : {}}>
        {template && <input type="hidden" name="id" value={template.id} />}
        <Field name="name" label="Name" maxLength={80} />
        <TextArea name="en" label="English" rows={3} maxLength={2_000} hint="Two underscores make a blank that must be filled." />
        <TextArea name="es" label="Spanish" rows={3} maxLength={2_000} isOptional />
        <Actions><Button name="action" value="keep">Keep it</Button>{template && <Button kind="quiet" name="action" value="drop">Take it out</Button>}</Actions>
      </Form>
    </Details>
  )
}
