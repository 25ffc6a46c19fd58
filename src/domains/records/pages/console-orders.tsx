import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { Invalid, NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { may } from '#platform/permission.ts'
import { mayActFor } from '#platform/scope.ts'
import { formatWhen } from '#platform/when.ts'
import { words } from '#platform/words.ts'
import { Button, LinkButton } from '#ui/button.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { Details, PageHead, RowList, Section } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { Tabs } from '#ui/wayfinding.tsx'
import { orderTests, readRecords } from '../access.ts'
import { expectedCode } from '../expect-result.ts'
import { tellExpectation } from '../explain/tell-expectation.ts'
import { readExpectations } from '../keep-expectations.ts'
import { endOrder, orderTest } from '../order-test.ts'
import { countOpenOrders, readOpenOrders, readOrdersOf, type OrderList, type OrderRow } from '../read-orders.ts'
import { readPatient } from '../read-patient.ts'
import { ExpectFacts } from './pieces/expect-cards.tsx'
import { orderForm, orderName, orderState } from './pieces/order-tests.tsx'

const lists: readonly { list: OrderList; words: string; empty: string }[] = [
  { list: 'missed', words: 'No result yet', empty: 'No result is missed. A test whose result is not here three days after its day shows here.' },
  { list: 'open', words: 'All open', empty: 'Nothing is waited for. Orders from the record system show here, and what is ordered on a patient’s page.' },
]

/** What was ordered and has no result: first what is missed. */
export const consoleOrders: StaffPage = {
  for: { staff: readRecords },
  async get(ctx, { query }) {
    const chosen = lists.find(({ list }) => list === query.get('list')) ?? lists[0]!
    const show = Math.min(500, Math.max(50, Math.floor(Number(query.get('show'))) || 50))
    const [counts, rows, zone] = [await countOpenOrders(ctx), await readOpenOrders(ctx, chosen.list, { limit: show + 1 }), await ctx.house.shell.zone(ctx)]
    return ctx.house.shell.console(ctx, { title: 'Orders', current: '/console/orders' },
      <>
        <PageHead title="Orders" lead="Tests that were ordered and have no result. To order one, open the patient’s page." />
        <Tabs label="Lists" current={`/console/orders?list=${chosen.list}`} items={lists.map(({ list, words: name }) => ({ href: `/console/orders?list=${list}`, words: name, ...(counts[list] > 0 && { count: counts[list] }) }))} />
        {rows.length === 0 ? <EmptyState icon="circle-check" title={chosen.empty} /> : (
          <RowList label={chosen.words} rows={rows.slice(0, show).map(row => ({
            href: `/console/patients/${row.patientId}/orders`, title: <>{row.patient}: {orderName(row)}</>, aside: orderState(row, ctx.now(), zone),
            detail: <>Ordered {formatWhen(row.orderedAt, zone, 'day-short')}{row.orderedByName && ` by ${row.orderedByName}`} · expected by {formatWhen(row.expectedAt, zone, 'day-short')}{row.askedAt && ' · somebody was asked'}</>,
          }))} />
        )}
        {rows.length > show && show < 500 && <p><LinkButton kind="secondary" href={`/console/orders?list=${chosen.list}&show=${show + 50}`}>Show more</LinkButton></p>}
      </>)
  },
}

const said: Record<string, string> = { ordered: 'Kept. It is waited for, and the patient sees what to expect.', ended: 'It is waited for no longer.' }

/** One patient's orders: those that are waited for, with what the patient reads about each, and those that are over. */
export const consolePatientOrders: StaffPage = {
  for: { staff: readRecords },
  get: (ctx, { params, query }) => showOrders(ctx, params.id!, { flash: said[query.get('said') ?? ''] }),
  async post(ctx, form, { params }) {
    const [patientId, here] = [params.id!, `/console/patients/${params.id}/orders`]
    const text = (name: string) => String(form.get(name) ?? '')
    const end = text('end')
    if (end !== '') {
      if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(end)) throw new NotFound()
      const ended = await endOrder(ctx, { patientId, id: end })
      return ended.ok ? seeOther(`${here}?said=ended`) : showOrders(ctx, patientId, { problems: { '': 'Somebody has ended it, or its result has come.' }, status: 409 })
    }
    const values = { code: text('code'), 'expected-on': text('expected-on') }
    try {
      const kept = await orderTest(ctx, { patientId, code: values.code, expectedOn: values['expected-on'] })
      return kept.ok ? seeOther(`${here}?said=ordered`) : showOrders(ctx, patientId, { problems: { code: 'This test was ordered here today already.' }, values, status: 409 })
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      return showOrders(ctx, patientId, { problems: error.problems, values, status: 422 })
    }
  },
}

async function showOrders(ctx: Ctx<StaffActor>, id: string, { flash, problems, values, status = 200 }: { flash?: string | undefined; problems?: Problems; values?: Values; status?: number }): Promise<Answer> {
  const patientId = await mayActFor(ctx, id)
  const patient = await readPatient(ctx, patientId)
  if (!patient) throw new NotFound()
  const [orders, zone] = [await readOrdersOf(ctx, patientId), await ctx.house.shell.zone(ctx)]
  const own = await readExpectations(ctx, orders.flatMap(order => expectedCode(order.code) ?? []))
  const [open, over] = [orders.filter(order => !order.endedAt), orders.filter(order => order.endedAt)]
  return ctx.house.shell.console(ctx, { title: `Orders of ${patient.name}`, current: '/console/orders', status, ...(flash && { flash: { words: flash } }) },
    <>
      <PageHead title="Orders" lead={patient.name} back={{ href: `/console/patients/${id}`, words: patient.name }} />
      {may(ctx, orderTests) && <Section title="Order a test">{await orderForm(ctx, patientId, { problems, values })}</Section>}
      <Section title="Waited for">
        {open.length === 0 ? <p>Nothing is waited for.</p> : open.map(order => (
          <div key={order.id} className="section-part">
            <h3>{orderName(order)}</h3>
            <p>{orderState(order, ctx.now(), zone)} {whenOf(order, zone)}</p>
            <Details summary="What the patient reads"><ExpectFacts told={tellExpectation(order, own.get(expectedCode(order.code) ?? ''), { locale: 'en' })} say={words('en')} locale="en" /></Details>
            {may(ctx, orderTests) && <Form label={`End the order of ${orderName(order)}`} prefix={`e${order.id.slice(-6)}-`}><input type="hidden" name="end" value={order.id} /><Button kind="quiet" label={`${endWords(order)}: ${orderName(order)}`}>{endWords(order)}</Button></Form>}
          </div>
        ))}
      </Section>
      {over.length > 0 && (
        <Section title="Over">
          <Table caption="Orders that are over, newest first" isCaptionHidden columns={[{ key: 'name', words: 'What' }, { key: 'when', words: 'Ordered' }, { key: 'state', words: 'How it ended' }]}
            rows={over.map(order => ({ key: order.id, cells: { name: orderName(order), when: formatWhen(order.orderedAt, zone, 'day-short'), state: orderState(order, ctx.now(), zone) } }))} />
        </Section>
      )}
    </>)
}

const whenOf = (order: OrderRow, zone: string) => `Ordered ${formatWhen(order.orderedAt, zone, 'day-short')}${order.orderedByName ? ` by ${order.orderedByName}` : ''}, expected by ${formatWhen(order.expectedAt, zone, 'day-short')}.`
const endWords = (order: OrderRow) => (order.source === 'rapport' ? 'Cancel the order' : 'Wait for it no longer')
