import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { dayIn, formatDay } from '#platform/when.ts'
import { words } from '#platform/words.ts'
import { Actions, Button } from '#ui/button.tsx'
import { DateField, TextArea } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Badge, Notice as Note } from '#ui/notice.tsx'
import { Details, RowList, Section } from '#ui/things.tsx'
import { editPractice } from '../access.ts'
import { currentNotice } from '../choose-notice.ts'
import { practiceZone } from '../count-deadline.ts'
import { draftNotice } from '../draft-notice.ts'
import { loadPractice } from '../load-practice.ts'
import { postNotice } from '../publish-notice.ts'
import { fieldsOf } from '../read-fields.ts'
import { noticeKinds, type NoticeKind, type Practice } from '../shared.ts'
import { showInPractice } from './console-frame.tsx'
import { previewHref } from './console-overview.tsx'
import { Prose } from './site-words.tsx'

const here = '/console/practice/notices'
const official = (kind: NoticeKind) => words('en')(`site.notice.official.${kind}`)
const why: Record<NoticeKind, string> = {
  'privacy-practices': 'Required by 45 CFR 164.520. Since February 16, 2026 it also speaks of substance use records (42 CFR Part 2).',
  nondiscrimination: 'Required by section 1557 of the Affordable Care Act (45 CFR 92.10).',
  'language-help': 'Required by section 1557 (45 CFR 92.11): in English and the fifteen languages most spoken in your state.',
  accessibility: 'Not required as such. It tells people how to reach you when something does not work, and that you answer.',
}

/** What must be posted: each notice, its version, and from when it holds. */
export const consoleNotices: StaffPage = {
  for: { staff: editPractice },
  async get(ctx, { query }) {
    const practice = await loadPractice(ctx)
    if (!practice) throw new NotFound()
    const today = dayIn(ctx.now(), await practiceZone(ctx))
    return showInPractice(ctx, { title: 'Notices', lead: 'Every text that ever held is kept. A new text is a new version.', page: '/notices', said: query.get('said') },
      <RowList rows={noticeKinds.map(kind => {
        const current = currentNotice(practice, kind, today)
        return {
          href: `${here}/${kind}`, title: official(kind),
          detail: current ? `Version ${current.version}, ${current.effectiveOn <= today ? 'in force since' : 'holds from'} ${formatDay(current.effectiveOn)}` : 'Not posted yet. Start from our draft.',
          aside: current ? undefined : <Badge tone="notice">Missing</Badge>,
        }
      })} />)
  },
}

const kindOf = (text: string | undefined): NoticeKind => {
  const kind = noticeKinds.find(known => known === text)
  if (!kind) throw new NotFound()
  return kind
}

export const consoleNotice: StaffPage = {
  for: { staff: editPractice },
  mostBytes: 500_000,
  get: (ctx, { params }) => showNotice(ctx, kindOf(params.kind), {}),
  async post(ctx, form, { params }) {
    const kind = kindOf(params.kind)
    const fields = fieldsOf(form)
    const posted = await postNotice(ctx, kind, fields)
    return posted.ok ? seeOther(`${here}?said=posted`) : showNotice(ctx, kind, { problems: posted.problems, values: fields })
  },
}

async function showNotice(ctx: Ctx<StaffActor>, kind: NoticeKind, { problems, values }: { problems?: Problems; values?: Values }): Promise<Answer> {
  const practice = await loadPractice(ctx)
  if (!practice) throw new NotFound()
  const today = dayIn(ctx.now(), await practiceZone(ctx))
  const versions = practice.notices.filter(notice => notice.kind === kind)
  const start = versions[0]?.words ?? draftNotice(kind, practice, ctx.house.config.publicUrl)
  return showInPractice(ctx, { title: official(kind), lead: why[kind], page: '/notices', back: { href: here, words: 'Notices' }, ...(problems && { status: 422 }) },
    <>
      {versions.length === 0 && <Note tone="notice" title="This is a draft to start from, not legal advice."><p>Have it checked for your state. Fill in what stands in double braces. The Spanish must be read by a qualified person before it is posted.</p></Note>}
      {versions.length > 0 && <p><a href={previewHref(`/${kind}`)}>See the page</a></p>}
      <Form label={official(kind)} className="form-wide" problems={problems} values={values ?? { 'words-en': start.en, 'words-es': start.es, 'effective-on': today }}>
        <div className="pair">
          <TextArea name="words-en" label="English" rows={24} maxLength={60_000} hint="Start a line with ## for a heading, - for a list, [vi] for a line in that language." />
          <div lang="es"><TextArea name="words-es" label={<span lang="en">Spanish</span>} rows={24} maxLength={60_000} /></div>
        </div>
        <DateField name="effective-on" label="Holds from" {...(versions.length > 0 && { min: today })} />
        <Actions><Button>{versions.length === 0 ? 'Post it' : 'Post it as a new version'}</Button></Actions>
      </Form>
      {versions.length > 0 && <Versions versions={versions} />}
    </>)
}

function Versions({ versions }: { versions: Practice['notices'] }) {
  return (
    <Section title="Versions">
      {versions.map(notice => (
        <Details key={notice.version} summary={`Version ${notice.version}, from ${formatDay(notice.effectiveOn)}`}>
          <Prose text={notice.words.en} level={3} />
        </Details>
      ))}
    </Section>
  )
}
