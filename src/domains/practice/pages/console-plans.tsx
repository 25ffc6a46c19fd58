import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { may } from '#platform/permission.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { formatDay } from '#platform/when.ts'
import { namesOf } from '#accounts'
import { Actions, Button } from '#ui/button.tsx'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { Section } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { checkPlans, editPractice } from '../access.ts'
import { addPlan, confirmPlan, removePlan } from '../keep-plans.ts'
import { loadPractice } from '../load-practice.ts'
import { fieldsOf } from '../read-fields.ts'
import { showInPractice } from './console-frame.tsx'

const here = '/console/practice/plans'

/** The plans the practice takes, each with who asked last and when. */
export const consolePlans: StaffPage = {
  for: { staff: checkPlans },
  get: (ctx, { query }) => showPlans(ctx, { said: query.get('said') }),
  async post(ctx, form) {
    const fields = fieldsOf(form)
    if (fields.confirm) {
      await confirmPlan(ctx, fields.confirm)
      return seeOther(`${here}?said=confirmed`)
    }
    if (fields.remove) {
      await removePlan(ctx, fields.remove)
      return seeOther(`${here}?said=removed`)
    }
    const added = await addPlan(ctx, fields)
    return added.ok ? seeOther(`${here}?said=added`) : showPlans(ctx, { problems: added.problems, values: fields })
  },
}

async function showPlans(ctx: Ctx<StaffActor>, { problems, values, said = null }: { problems?: Problems; values?: Values; said?: string | null }): Promise<Answer> {
  const { plans = [] } = await loadPractice(ctx) ?? {}
  const names = await namesOf(ctx, plans.map(({ checkedBy }) => checkedBy).filter(id => id !== null))
  const mayEdit = may(ctx, editPractice)
  return showInPractice(ctx, { title: 'Insurance plans', lead: 'Ask each plan now and then, and confirm it here. Visitors see the day.', page: '/plans', said, ...(problems && { status: 422 }) },
    <>
      {plans.length === 0
        ? <EmptyState icon="shield-check" title="No plan is on the list yet.">{mayEdit ? 'Add the first below.' : 'The manager adds them.'}</EmptyState>
        : <Table caption="Plans we take" isCaptionHidden columns={[{ key: 'name', words: 'Plan' }, { key: 'on', words: 'Last asked' }, { key: 'by', words: 'By' }, { key: 'do', words: 'What to do', isLabelHidden: true }]}
            rows={plans.map(plan => ({
              key: plan.id,
              cells: {
                name: plan.name, on: formatDay(plan.checkedOn), by: (plan.checkedBy && names.get(plan.checkedBy)) || 'Not noted',
                do: (
                  <Form isInline label={plan.name}>
                    <Button kind="secondary" name="confirm" value={plan.id} label={`${plan.name} still holds today`}>Still holds today</Button>
                    {mayEdit && <Button kind="quiet" name="remove" value={plan.id} label={`Remove ${plan.name}`}>Remove</Button>}
                  </Form>
                ),
              },
            }))} />}
      {mayEdit && (
        <Section title="Add a plan">
          <Form label="Add a plan" problems={problems} values={values}>
            <Field name="name" label="Name" hint="As it stands on the card." maxLength={120} />
            <Actions><Button>Add it, asked today</Button></Actions>
          </Form>
        </Section>
      )}
    </>)
}
