import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Ctx, VisitorActor } from '#platform/ctx.ts'
import { inTransaction, sql } from '#platform/db.ts'
import type { PageRequest } from '#platform/page.tsx'
import { words, type Locale } from '#platform/words.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { Section } from '#ui/things.tsx'
import { startSession, type Started } from '../start-session.ts'

type VisitorCtx = Ctx<VisitorActor>
type DemoFile = { people: { role: string; name: string; email: string }[] }
function demoPeople(ctx: VisitorCtx): DemoFile['people'] {
  try { return (JSON.parse(readFileSync(join(ctx.house.config.dataDir, 'demo.json'), 'utf8')) as DemoFile).people } catch { return [] }
}

export function DemoSignIns({ ctx, locale }: { ctx: VisitorCtx; locale: Locale }) {
  const say = words(locale)
  const people = demoPeople(ctx)
  if (people.length === 0) return null
  return (
    <Section title={say('accounts.demo.title')} className="demo-people">
      <p>{say('accounts.demo.lead')}</p>
      <Form label={say('accounts.demo.title')} hasKey={false} action={locale === 'es' ? '/es/sign-in' : '/sign-in'}>
        <Actions>{people.map(person => <Button key={person.email} kind="secondary" name="demo" value={person.email}>{say('accounts.demo.as', { name: person.name, role: say(`accounts.demo.${person.role}`) })}</Button>)}</Actions>
      </Form>
    </Section>
  )
}

/** One click, in a demo database alone: the mark is the database's own and stays for ever. */
export async function personOfDemo(ctx: VisitorCtx, email: string, request: PageRequest): Promise<Started | undefined> {
  if (!demoPeople(ctx).some(person => person.email === email)) return undefined
  return inTransaction(ctx, async tx => {
    const { rows: house } = await sql<{ is_demo: boolean }>`select is_demo from platform.house`.execute(tx.db.kysely)
    const { rows } = await sql<{ id: string }>`select id from accounts.door_find(${email})`.execute(tx.db.kysely)
    return house[0]?.is_demo === true && rows[0] ? startSession(tx, rows[0].id, { isStrong: true, userAgent: request.userAgent, how: 'demo' }) : undefined
  })
}
