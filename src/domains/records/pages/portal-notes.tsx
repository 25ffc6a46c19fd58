import { NotFound } from '#platform/errors.ts'
import { file, type PortalPage } from '#platform/page.tsx'
import { mayActFor } from '#platform/scope.ts'
import { formatWhen } from '#platform/when.ts'
import { words } from '#platform/words.ts'
import { pulseFor, readBeside } from '#feedback'
import { LinkButton } from '#ui/button.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { PageHead, RowList, Section } from '#ui/things.tsx'
import { Pagination } from '#ui/wayfinding.tsx'
import { plainNoteName } from '../explain/plain-titles.ts'
import { asText, asThing } from '../explain/read-loosely.ts'
import { attachmentsOf } from '../read-attachment.ts'
import { ownSource } from '../own-source.ts'
import { asMisread, readOwnWords } from '../keep-own-words.ts'
import { markSeen } from '../open-own.ts'
import { readAddenda, readNote, readNotes, type NoteFacts } from '../read-facts.ts'
import { authorOf, whole } from '../read-subject.ts'
import { AttachedWords } from './pieces/attached-words.tsx'
import { Beside, WrongLink } from './pieces/beside.tsx'
import { Pulse } from './pieces/pulse.tsx'
import { beforeFrom, olderThan } from './portal-results.tsx'

export const portalNotes: PortalPage = {
  for: 'patient',
  async get(ctx, { query, locale }) {
    const say = words(locale)
    const zone = await ctx.house.shell.zone(ctx)
    const before = beforeFrom(query)
    const { rows, hasMore } = await readNotes(ctx, await mayActFor(ctx, ctx.actor.patientId), before ? { before } : {})
    return ctx.house.shell.portal(ctx, { title: say('portal.notes.title'), current: '/portal/notes' },
      <>
        <PageHead title={say('portal.notes.title')} lead={say('portal.notes.lead')} />
        {rows.length === 0
          ? <EmptyState icon="file-text" title={say('portal.notes.empty')}>{say('portal.notes.empty-more')}</EmptyState>
          : <RowList label={say('portal.notes.title')} rows={rows.map(row => ({
              href: `/portal/notes/${row.id}`, title: plainNoteName(row, locale),
              detail: <>{row.happenedAt ? formatWhen(row.happenedAt, zone, 'day', locale) : say('portal.results.no-date')}{row.author && <> · {say('portal.notes.by', { name: row.author })}</>}</>,
            }))} />}
        <Pagination next={hasMore ? olderThan('/portal/notes', rows.at(-1)) : undefined} />
      </>)
  },
}

/** One note, word for word: the stored text is what is shown (N10); words that people misread open their meaning. */
export const portalNote: PortalPage = {
  for: 'patient',
  async get(ctx, { params, locale }) {
    const say = words(locale)
    const zone = await ctx.house.shell.zone(ctx)
    const patientId = await mayActFor(ctx, ctx.actor.patientId)
    const note = await readNote(ctx, patientId, params.id!)
    const attachments = attachmentsOf(note.resource)
    const author = authorOf(note)
    const title = plainNoteName(note, locale)
    await markSeen(ctx, note.resourceId)
    const summary = summaryOf(note)
    const own = asMisread(await readOwnWords(ctx))
    const addenda = await readAddenda(ctx, patientId, note)
    const said = await readBeside(ctx, patientId, [note.resourceId])
    const beside = (part: string) => <Beside reports={said.filter(report => report.part === part)} {...{ locale, zone }} />
    const after = (part: string, index: number) => <>{beside(part)}<WrongLink href={`/portal/notes/${note.id}/wrong/${part}`} what={say('portal.notes.paragraph', { number: index + 1 })} locale={locale} /></>
    return ctx.house.shell.portal(ctx, { title, current: '/portal/notes' },
      <article className="rec-note">
        <PageHead title={title} back={{ href: '/portal/notes', words: say('portal.notes.title') }}
          lead={<>{note.happenedAt ? formatWhen(note.happenedAt, zone, 'day', locale) : say('portal.results.no-date')}{author && <> · {say('portal.notes.by', { name: author })}</>}</>} />
        {summary && <Section title={say('portal.notes.in-short')}><p className="rec-summary">{summary}</p></Section>}
        {(summary || addenda.length > 0) && <h2 className="rec-verbatim">{say('portal.notes.word-for-word')}</h2>}
        {attachments.some(one => one.kind === 'text') && <p className="soft no-print">{say('portal.notes.words')}</p>}
        {attachments.length === 0 && <p>{say('portal.notes.no-words')}</p>}
        <div className="rec-note-words">
          {attachments.map((attachment, index) => attachment.kind === 'file'
            ? <p key={index}><LinkButton kind="secondary" icon="file-text" href={`/portal/notes/${note.id}/document/${index}`}>{attachment.title ?? say('portal.report.document')}</LinkButton></p>
            : <AttachedWords key={index} attachment={attachment} own={own} locale={locale} say={say} after={after} />)}
        </div>
        {addenda.map(added => (
          <Section key={added.id} title={say('portal.notes.added')}>
            <p className="soft">{added.happenedAt && formatWhen(added.happenedAt, zone, 'moment', locale)}{added.author && <> · {say('portal.notes.by', { name: added.author })}</>}</p>
            {attachmentsOf(added.resource).map((attachment, index) => <AttachedWords key={index} attachment={attachment} own={own} locale={locale} say={say} />)}
          </Section>
        ))}
        {beside('')}
        <p className="rec-wrong-all no-print">{say('portal.notes.wrong')} <WrongLink href={`/portal/notes/${note.id}/wrong/${whole}`} what={title} locale={locale} /></p>
        <p className="soft rec-updated">{say('portal.updated', { when: formatWhen(note.receivedAt, zone, 'moment', locale) })}</p>
        <Pulse question={await pulseFor(ctx)} about="note" back={`/portal/notes/${note.id}`} locale={locale} />
      </article>)
  },
}

/** The plain summary that stands beside a note written here (N10). What other systems call a description is a title. */
const summaryOf = ({ source, resource }: Pick<NoteFacts, 'source' | 'resource'>): string | null => (source === ownSource ? asText(asThing(resource).description) : null)

export const portalNoteDocument: PortalPage = {
  for: 'patient',
  async get(ctx, { params }) {
    const note = await readNote(ctx, await mayActFor(ctx, ctx.actor.patientId), params.id!)
    const attachment = attachmentsOf(note.resource)[Number(params.place)]
    if (attachment?.kind !== 'file') throw new NotFound()
    return file(attachment.bytes, attachment.mediaType, { headers: { 'content-disposition': `inline; filename="note.${attachment.mediaType.split('/')[1]}"` } })
  },
}
