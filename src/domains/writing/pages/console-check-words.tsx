import type { Ctx, StaffActor } from '#platform/ctx.ts'
import type { Answer, StaffPage } from '#platform/page.tsx'
import { Actions, Button } from '#ui/button.tsx'
import { Checkbox } from '#ui/choices.tsx'
import { TextArea } from '#ui/fields.tsx'
import { Form } from '#ui/form.tsx'
import { PageHead } from '#ui/things.tsx'
import { checkOwnWords } from '../access.ts'
import { checkWords, type Checked } from '../check-words.ts'
import { FoundWords, StyleCard } from './found-words.tsx'

/** N15: paste a text, see what would be pointed out, copy it back. It is answered on the same page and kept nowhere. */
export const consoleCheckWords: StaffPage = {
  for: { staff: checkOwnWords },
  get: ctx => show(ctx),
  async post(ctx, form) {
    const text = String(form.get('words') ?? '').slice(0, 50_000)
    const isStrict = form.get('strict') === 'yes'
    return show(ctx, { text, isStrict, checked: checkWords(text, { isStrict }) })
  },
}

type Looked = { text: string; isStrict: boolean; checked: Checked }

function show(ctx: Ctx<StaffActor>, looked?: Looked): Promise<Answer> {
  return ctx.house.shell.console(ctx, { title: 'Check words', current: '/console/check-words' },
    <>
      <PageHead title="Check words" lead="Paste a note or a letter before you share it. You see which words may hurt whoever reads it, and what could stand there instead. Nothing you paste is kept." />
      {looked && <FoundWords checked={looked.checked} text={looked.text} />}
      <Form label="Check words" hasKey={false} values={looked ? { words: looked.text, ...(looked.isStrict && { strict: 'yes' }) } : {}}>
        <TextArea name="words" label="Your text" rows={12} maxLength={50_000} hint="What the patient asked you to write down stays theirs: put it in « » or begin the line with “Patient’s words:”." />
        <Checkbox name="strict" label="Be strict" hint="Also point out words that are common and only a little off." />
        <Actions><Button icon="check">Check it</Button></Actions>
      </Form>
      <StyleCard />
    </>)
}
