import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { may } from '#platform/permission.ts'
import type { Answer, StaffPage } from '#platform/page.tsx'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Radios } from '#ui/choices.tsx'
import { Form } from '#ui/form.tsx'
import { Badge, Notice } from '#ui/notice.tsx'
import { Details, PageHead, Section } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { seeHoldCounts, seeLimits, seeRules } from '../access.ts'
import { stateHolds, type Counting } from '../data/state-holds.data.ts'
import { lawsHere } from '../gather-rules.ts'
import { refuseBlanketHold } from '../refuse-blanket-hold.ts'

const countingWords = (counting: Counting): string => ({
  hours: () => `${counting.kind === 'hours' ? counting.hours : 0} hours after it is final`,
  days: () => `until the third day after it is final begins`,
  'business-days': () => `${counting.kind === 'business-days' ? counting.days : 0} days of business`,
  conditions: () => 'until what the law asks for is done; somebody owns it',
})[counting.kind]()
const coverWords: Record<string, string> = { malignancy: 'tissue and pictures that may show cancer', genetic: 'tests of genes', hiv: 'HIV', hepatitis: 'hepatitis', 'drug-use': 'tests for drugs' }

/** What may delay a result here, and what may not. */
export const consoleRelease: StaffPage = {
  for: { staff: seeRules },
  get: ctx => show(ctx),
  async post(ctx, form) {
    const refusal = refuseBlanketHold(String(form.get('default') ?? ''))
    return show(ctx, refusal ? { words: refusal, status: 422 } : undefined)
  },
}

async function show(ctx: Ctx<StaffActor>, refusal?: { words: string; status: number }): Promise<Answer> {
  const here = new Set((await lawsHere(ctx)).map(law => law.citation))
  return ctx.house.shell.console(ctx, { title: 'When results open', current: '/console/release', ...(refusal && { status: refusal.status }) },
    <>
      <PageHead title="When results open" lead="A result opens to the patient as soon as it is final. Three things can delay it, and nothing else." aside={<>{may(ctx, seeLimits) && <LinkButton kind="quiet" href="/console/release/critical">Critical values</LinkButton>} {may(ctx, seeHoldCounts) && <LinkButton kind="quiet" href="/console/release/findings">Held for safety</LinkButton>}</>} />
      {refusal && <Notice tone="notice" title="That cannot be set.">{refusal.words}</Notice>}
      <ol>
        <li><strong>The patient’s own choice</strong>, by kind of result, for 14 days at most. They make it in the portal, or you write down their yes.</li>
        <li><strong>A state’s law</strong>, for the results that it names, no longer than it says.</li>
        <li><strong>A clinician’s finding</strong> that reading this one result would endanger life or physical safety, for seven days at most.</li>
      </ol>
      <Section title="For the whole practice">
        <Form label="For the whole practice" values={{ default: 'at-once' }}>
          <Radios name="default" label="Results open" choices={[{ value: 'at-once', label: 'As soon as they are final' }, { value: 'after-review', label: 'After a clinician has looked at them' }, { value: 'after-days', label: 'Some days later' }]} />
          <Actions><Button kind="secondary">Keep this</Button></Actions>
        </Form>
      </Section>
      <Section title="State laws that the program knows">
        <Table caption="State laws" isCaptionHidden columns={[{ key: 'state', words: 'State' }, { key: 'law', words: 'Law' }, { key: 'covers', words: 'For' }, { key: 'how', words: 'How long' }, { key: 'from', words: 'In force from' }]}
          rows={stateHolds.map(law => ({ key: law.citation, cells: {
            state: <>{law.state} {here.has(law.citation) && <Badge tone="info">Here</Badge>}</>, law: law.citation, covers: law.covers.map(thing => coverWords[thing]).join(', '), how: countingWords(law.counting), from: law.inForceFrom,
          } }))} />
        <Details summary="Where this comes from"><p>From the statutes as named, looked at in November 2026. In every other state nothing is held. Have your lawyer read the row of your state before you rely on it; the row of California is not confirmed.</p></Details>
      </Section>
    </>)
}
