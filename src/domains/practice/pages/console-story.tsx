import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { Actions, Button } from '#ui/button.tsx'
import { EntryActions, Pair } from '#ui/console-parts.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { Details, Section } from '#ui/things.tsx'
import { editWords } from '../access.ts'
import { saveStory } from '../edit-profile.ts'
import { saveValue } from '../edit-values.ts'
import { loadPractice } from '../load-practice.ts'
import { moveUp, removeListed } from '../order-lists.ts'
import { fieldsOf } from '../read-fields.ts'
import type { CoreValue, Practice } from '../shared.ts'
import { pairValues, showInPractice } from './console-frame.tsx'
import { previewHref } from './console-overview.tsx'
import { PictureChoice } from './picture-choice.tsx'

const here = '/console/practice/story'
type Typed = { form?: string; problems?: Problems; values?: Values; said?: string | null }

/** The voice of the practice: its sentence, its story, what it stands for. */
export const consoleStory: StaffPage = {
  for: { staff: editWords },
  get: (ctx, { query }) => showStory(ctx, { said: query.get('said') }),
  async post(ctx, form) {
    const fields = fieldsOf(form)
    const id = fields.id || null
    if (fields.do === 'remove' && id) {
      await removeListed(ctx, 'value', id)
      return seeOther(`${here}?said=removed`)
    }
    if (fields.do === 'up' && id) {
      await moveUp(ctx, 'value', id)
      return seeOther(`${here}?said=moved`)
    }
    const saved = fields.do === 'value' ? await saveValue(ctx, id, fields) : await saveStory(ctx, fields)
    return saved.ok ? seeOther(`${here}?said=saved`) : showStory(ctx, { form: fields.do === 'value' ? id ?? 'new' : 'story', problems: saved.problems, values: fields })
  },
}

async function showStory(ctx: Ctx<StaffActor>, { form, problems = {}, values = {}, said = null }: Typed): Promise<Answer> {
  const practice = await loadPractice(ctx)
  if (!practice) throw new NotFound()
  const typedIn = (name: string) => (form === name ? { problems, values } : undefined)
  return showInPractice(ctx, { title: 'Story and values', lead: <>The first things a newcomer reads. <a href={previewHref('/')}>See the first page</a></>, page: '/story', said, ...(form && { status: 422 }) },
    <>
      <StoryForm practice={practice} {...(typedIn('story') ?? {})} />
      <Section title="What you stand for">
        <p className="soft measure">Three or four are enough. Say what a patient will notice, not what every practice says.</p>
        {practice.values.length === 0 && <EmptyState title="Nothing here yet.">Start with the thing patients thank you for.</EmptyState>}
        {practice.values.map((value, index) => <ValueForm key={value.id} value={value} isFirst={index === 0} {...(typedIn(value.id) ?? {})} />)}
        <ValueForm {...(typedIn('new') ?? {})} />
      </Section>
    </>)
}

function StoryForm({ practice: { profile, pictures }, problems, values }: { practice: Practice; problems?: Problems; values?: Values }) {
  const stored = { ...pairValues('promise', profile.promise), ...pairValues('story', profile.story), 'front-picture': profile.frontPicture?.id ?? '' }
  return (
    <Form label="Story" className="form-wide" prefix="story-" problems={problems} values={values ?? stored}>
      <input type="hidden" name="do" value="story" />
      <Pair name="promise" label="Your sentence to a newcomer" hint="It stands large on the first screen. Eight words are plenty." most={200} />
      <Pair name="story" label="Your story" hint="The first paragraph stands on the first screen. Leave an empty line, then tell the rest: how you began, why here, what you will not change." most={5000} rows={10} isOptional />
      <PictureChoice name="front-picture" label="Picture of the first screen" pictures={pictures} />
      <Actions><Button>Save the story</Button></Actions>
    </Form>
  )
}

function ValueForm({ value, isFirst = true, problems, values }: { value?: CoreValue; isFirst?: boolean; problems?: Problems; values?: Values }) {
  const stored = value ? { ...pairValues('title', value.title), ...pairValues('words', value.words) } : {}
  return (
    <Details summary={value ? value.title.en : 'Add one'} isOpen={problems !== undefined}>
      <Form label={value ? value.title.en : 'Add one'} className="form-wide" prefix={`${value?.id ?? 'new'}-`} problems={problems} values={values ?? stored}>
        {value && <input type="hidden" name="id" value={value.id} />}
        <Pair name="title" label="In a few words" most={80} />
        <Pair name="words" label="What it means for a patient" most={500} rows={2} />
        <EntryActions isNew={!value} isFirst={isFirst} saves="value" />
      </Form>
    </Details>
  )
}
