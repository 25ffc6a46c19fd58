import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { mustBeAbleTo } from '#platform/permission.ts'
import { publish } from './access.ts'
import { loadPractice } from './load-practice.ts'
import { noteChange } from './note-change.ts'
import type { NoticeKind, Practice } from './shared.ts'
import { db } from './tables.ts'

export type GoLiveItem = { key: string; words: string; isDone: boolean; /** What to do, while it is not done. */ toDo: string; href: string }

const noticeWords: Record<NoticeKind, string> = {
  'privacy-practices': 'The notice of privacy practices is posted in English and Spanish',
  nondiscrimination: 'The nondiscrimination notice is posted in English and Spanish',
  'language-help': 'The notice of free language help is posted',
  accessibility: 'The accessibility page is posted',
}

/** What must stand before the site of a real practice may go online, in the order in which one would do it. */
export async function goLiveList(ctx: Ctx, { hasBackupTarget = ctx.house.config.backupDir !== undefined }: { hasBackupTarget?: boolean } = {}): Promise<GoLiveItem[]> {
  if (ctx.house.isDemo) return []   // nothing to go live with
  return listFor(await loadPractice(ctx), hasBackupTarget)
}

function listFor(practice: Practice | undefined, hasBackupTarget: boolean): GoLiveItem[] {
  const { profile, locations = [], clinicians = [], notices = [] } = practice ?? {}
  const item = (key: string, words: string, isDone: boolean, toDo: string, page: string): GoLiveItem => ({ key, words, isDone, toDo, href: page.startsWith('/console') ? page : `/console/practice${page}` })
  const hasHours = locations.length > 0 && locations.every(({ hours }) => Object.values(hours).some(periods => periods.length > 0))
  return [
    item('name', 'The practice has its name and telephone number', !!profile?.name && !!profile.phone, 'Write the name on your door and the number that patients call.', '/profile'),
    item('after-hours', 'The after-hours line says who answers when you are closed', !!profile?.afterHours.en && !!profile.afterHours.es, 'Write it in English and Spanish.', '/profile'),
    item('promise', 'The first page greets people in a sentence', !!profile?.promise.en, 'Write one sentence to a newcomer.', '/profile'),
    item('location', 'Each location has its address and hours', hasHours, 'Add a location, then its opening hours.', '/locations'),
    item('clinician', 'At least one clinician has a page', clinicians.length > 0, 'Add the people whom patients will meet.', '/clinicians'),
    ...(Object.keys(noticeWords) as NoticeKind[]).map(kind => item(kind, noticeWords[kind], notices.some(notice => notice.kind === kind), 'Start from our draft, have it checked, and post it.', `/notices/${kind}`)),
    item('backup', 'Backups go to another disk or machine', hasBackupTarget, 'Set BACKUP_DIR in the settings of the server, then start it again.', '/console/backups'),
  ]
}

export type Published = { ok: true } | { ok: false; reason: 'not-ready'; missing: GoLiveItem[] }

/** Puts the site online. Refused while anything on the list is missing. */
export function publishPractice(ctx: Ctx<StaffActor>, options: { hasBackupTarget?: boolean } = {}): Promise<Published> {
  mustBeAbleTo(ctx, publish)
  return inTransaction(ctx, async tx => {
    const missing = (await goLiveList(tx, options)).filter(({ isDone }) => !isDone)
    if (missing.length > 0) return { ok: false, reason: 'not-ready', missing }
    await db(tx).updateTable('practice.profile').set({ published_at: tx.now(), published_by: tx.actor.personId, changed_at: tx.now() }).where('published_at', 'is', null).execute()
    await noteChange(tx, 'publication', [], { isOnline: true })
    return { ok: true }
  })
}

/** Takes the site offline: visitors see that it is not open. Portal and console go on. */
export function withdrawPractice(ctx: Ctx<StaffActor>): Promise<void> {
  mustBeAbleTo(ctx, publish)
  return inTransaction(ctx, async tx => {
    await db(tx).updateTable('practice.profile').set({ published_at: null, published_by: null, changed_at: tx.now() }).execute()
    await noteChange(tx, 'publication', [], { isOnline: false })
  })
}
