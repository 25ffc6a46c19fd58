import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { inTransaction } from '#platform/db.ts'
import { may, mustBeAbleTo } from '#platform/permission.ts'
import { editPractice, editWords } from './access.ts'
import { brandFrom } from '#ui/brand.ts'
import { contrastFigures, isReadable, leastContrast } from './make-brand.ts'
import { noteChange } from './note-change.ts'
import { FieldReader, type Fields, type Unsaved } from './read-fields.ts'
import { goals, facesOfGoal } from './shared.ts'
import { db } from './tables.ts'

type Done = { ok: true } | Unsaved

/** Name, telephones, mail and goal: how the practice is reached. */
export function saveContact(ctx: Ctx<StaffActor>, fields: Fields): Promise<Done> {
  mustBeAbleTo(ctx, editPractice)
  const read = new FieldReader(fields)
  const name = read.text('name', { most: 120, need: 'Write the name that stands on your door.' })
  const phone = read.phone('phone', 'Write the number that patients call.')
  const afterHoursPhone = read.phone('after-hours-phone')
  const afterHours = read.pair('after-hours', { most: 500, need: 'Say who answers when you are closed, and how to reach them.' })
  const email = read.text('email', { most: 254 })
  if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) read.fail('email', 'Write a mail address like desk@practice.example.')
  const goal = read.choice('goal', goals, 'Choose what the site is for.')
  if (!read.isGood) return Promise.resolve(read.unsaved)
  return inTransaction(ctx, async tx => {
    await db(tx).updateTable('practice.profile').set({
      name, phone, after_hours_phone: afterHoursPhone, after_hours_en: afterHours.en, after_hours_es: afterHours.es, email: email || null,
      goal, faces: [...facesOfGoal[goal]], changed_at: tx.now(),
    }).execute()
    await noteChange(tx, 'profile')
    return { ok: true }
  })
}

/** The promise, the story and the picture of the first page. */
export function saveStory(ctx: Ctx<StaffActor>, fields: Fields): Promise<Done> {
  if (!may(ctx, editWords)) mustBeAbleTo(ctx, editPractice)
  const read = new FieldReader(fields)
  const promise = read.pair('promise', { most: 200, need: 'Write the one sentence that greets a newcomer.' })
  const story = read.pair('story', { most: 5_000 })
  const frontPictureId = read.uuid('front-picture')
  if (!read.isGood) return Promise.resolve(read.unsaved)
  return inTransaction(ctx, async tx => {
    await db(tx).updateTable('practice.profile').set({
      promise_en: promise.en, promise_es: promise.es, story_en: story.en, story_es: story.es, front_picture_id: frontPictureId, changed_at: tx.now(),
    }).execute()
    await noteChange(tx, 'profile')
    return { ok: true }
  })
}

/** The practice's one colour and its mark. A colour whose palette does not read at 7 to 1 everywhere is refused. Source: WCAG 2.2, 1.4.6. */
export function saveBrand(ctx: Ctx<StaffActor>, fields: Fields): Promise<Done> {
  mustBeAbleTo(ctx, editPractice)
  const read = new FieldReader(fields)
  const color = read.raw('color').toLowerCase()
  const brand = /^#[0-9a-f]{6}$/.test(color) ? brandFrom(color) : undefined
  const logoId = read.uuid('logo')
  if (!brand) read.fail('color', 'Choose a color, or write it like #2f6a56.')
  else if (!isReadable(brand)) {
    const worst = contrastFigures(brand).sort((a, b) => a.ratio - b.ratio)[0]!
    read.fail('color', `${worst.what} would be hard to read with this color: ${worst.ratio} to 1, and ${leastContrast} to 1 is needed. Choose a stronger one.`)
  }
  if (!read.isGood) return Promise.resolve(read.unsaved)
  return inTransaction(ctx, async tx => {
    await db(tx).updateTable('practice.profile').set({ brand_color: color, logo_id: logoId, changed_at: tx.now() }).execute()
    await noteChange(tx, 'brand')
    return { ok: true }
  })
}
