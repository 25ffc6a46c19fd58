import { NotFound } from '#platform/errors.ts'
import { seeOther, type StaffPage } from '#platform/page.tsx'
import { formatDay, formatWhen } from '#platform/when.ts'
import { words } from '#platform/words.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { Facts, PageHead } from '#ui/things.tsx'
import { settleImports } from '../access.ts'
import { readJoin } from '../list-joins.ts'
import { unmergePatients } from '../merge-patients.ts'

/** Two records that were joined, and the way back. */
export const consoleJoined: StaffPage = {
  for: { staff: settleImports },
  async get(ctx, { params }) {
    const join = await readJoin(ctx, params.id!)
    const say = words(ctx.session?.locale ?? 'en')
    const zone = await ctx.house.shell.zone(ctx)
    const who = (name: string, birthDate: string | null) => (birthDate ? say('joins.who', { name, born: formatDay(birthDate) }) : name)
    return ctx.house.shell.console(ctx, { title: say('joins.title'), current: '/console/imports' },
      <>
        <PageHead title={say('joins.title')} lead={say('joins.lead')} back={{ href: '/console/imports', words: say('joins.back') }} />
        <Facts items={[
          { term: say('joins.joined'), words: who(join.mergedName, join.mergedBirthDate) },
          { term: say('joins.into'), words: who(join.keptName, join.keptBirthDate) },
          { term: say('joins.when'), words: formatWhen(join.mergedAt, zone, 'moment') },
          ...(join.saidBy ? [{ term: say('joins.why'), words: say('joins.said-by', { source: join.saidBy }) }] : []),
        ]} />
        <Form label={say('joins.apart')}>
          <p>{say('joins.apart-means', { kept: join.keptName })}</p>
          <Actions><Button kind="danger" name="apart" value={join.mergedId}>{say('joins.apart')}</Button></Actions>
        </Form>
      </>)
  },
  async post(ctx, form, { params }) {
    const join = await readJoin(ctx, params.id!)
    if (form.get('apart') !== join.mergedId) throw new NotFound()
    await unmergePatients(ctx, join.mergedId)
    return seeOther('/console/imports?said=apart')
  },
}
