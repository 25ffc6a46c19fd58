import type { Ctx, StaffActor } from '#platform/ctx.ts'
import type { AuthorizedPatientId } from '#platform/scope.ts'
import { dayIn, formatWhen } from '#platform/when.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import { DateField } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Badge } from '#ui/notice.tsx'
import { missedFrom } from '../../expect-result.ts'
import { plainTestName } from '../../explain/plain-titles.ts'
import { listExpectations } from '../../keep-expectations.ts'
import { oftenOrdered, type OrderRow } from '../../read-orders.ts'

/** What most practices order most, until this one has ordered by itself. */
const common = ['58410-2', '51990-0', '57698-3', '4548-4', '3016-3', '24356-8']

/** "I ordered …": the usual ones in one tap, the others from the list, with a day if it is not the test's own. */
export async function orderForm(ctx: Ctx<StaffActor>, patientId: AuthorizedPatientId, { problems, values }: { problems?: Problems | undefined; values?: Values | undefined } = {}) {
  const [tests, zone] = [await listExpectations(ctx), await ctx.house.shell.zone(ctx)]
  const names = new Map(tests.map(test => [test.code, test.name.en]))
  const often = (await oftenOrdered(ctx, common)).filter(code => names.has(code))
  return (
    <>
      <Form action={`/console/patients/${patientId}/orders`} label="Order in one tap" prefix="often-">
        <p className="field-label">I ordered</p>
        <Actions>{often.map(code => <Button key={code} kind="secondary" name="code" value={code} label={`I ordered: ${names.get(code)}`}>{names.get(code)}</Button>)}</Actions>
      </Form>
      <Form action={`/console/patients/${patientId}/orders`} label="Order another test" prefix="order-" problems={problems} values={values} isInline>
        <Select name="code" label="Another test" emptyLabel="Pick a test" choices={tests.map(test => ({ value: test.code, label: test.name.en, ...(test.isOwn && { group: 'The practice’s own' }) }))} />
        <DateField name="expected-on" label="Result expected by" isOptional min={dayIn(ctx.now(), zone)} />
        <Button>I ordered it</Button>
      </Form>
    </>
  )
}

const over: Record<NonNullable<OrderRow['endedBecause']>, string> = { result: 'The result came', completed: 'Done, says the record system', cancelled: 'Cancelled', stopped: 'Not waited for any more' }
/** Where an order stands, in words and a shape. */
export function orderState(order: OrderRow, now: Date, zone: string) {
  if (order.endedBecause) return <>{over[order.endedBecause]}, {formatWhen(order.endedAt!, zone, 'day-short')}</>
  if (order.isOnHold) return <Badge tone="plain">On hold</Badge>
  if (missedFrom(order.expectedAt) <= now && order.isNews) return <Badge tone="act">No result yet</Badge>
  return order.expectedAt <= now ? <Badge tone="notice">Expected by now</Badge> : <Badge tone="calm">Waited for</Badge>
}
export const orderName = (order: Pick<OrderRow, 'code' | 'name'>): string => plainTestName(order, 'en')
