import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AnchorFile, anchorFileOf } from '#platform/anchor-file.ts'
import { audit } from '#platform/audit.ts'
import type { BackupPlace } from '#platform/backup.ts'
import { checkHouse } from '#platform/check-house.ts'
import { inTransaction } from '#platform/db.ts'
import { queueMail } from '#platform/email.ts'
import { makeFileStore } from '#platform/files.ts'
import { sealEverything } from '#platform/seal-audit.ts'
import type { RestorePlace } from '#platform/restore.ts'
import { storeFile } from '#platform/store-file.ts'
import { someCanaries } from '#test/canaries.ts'
import { aHouse, type TestHouse } from '#test/ctx.ts'
import { freshDatabase, type TestDatabase } from '#test/database.ts'

/** Things a dump can stumble over: a circle of keys, a key to itself, a trigger, a generated column, an identity, odd names. */
const oddTables = `
  create schema odd;
  create table odd."Left Side" (id integer primary key, other integer, "the ""text""" text);
  create table odd.right_side (
    id integer primary key, other integer references odd."Left Side", parent integer references odd.right_side,
    twice integer generated always as (id * 2) stored, number bigint generated always as identity);
  alter table odd."Left Side" add foreign key (other) references odd.right_side deferrable initially deferred;
  create table odd.count (n integer);
  create function odd.count_up() returns trigger language plpgsql as $$ begin insert into odd.count values (1); return null; end $$;
  create trigger up after insert on odd.right_side for each row execute function odd.count_up()`

export type HouseToBackUp = { t: TestHouse; place: BackupPlace; folder: string; canaries: ReturnType<typeof someCanaries>; storedId: string; close: () => Promise<void> }
/** A house in use: odd tables, a mail on its way, a file, a sealed trail. */
export async function aHouseToBackUp(): Promise<HouseToBackUp> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-backup-'))
  const canaries = someCanaries()
  const t = await aHouse()
  const { house } = t
  const place: BackupPlace = { ownerUrl: t.db.ownerUrl, workerUrl: t.db.workerUrl, keys: house.keys, files: house.files, dataDir: house.config.dataDir, backupDir: join(folder, 'kept'), now: house.now }
  await checkHouse(t.db.owner, house.keys, { isDemo: false, now: house.now() })
  await t.db.owner.query(oddTables)
  await t.db.owner.query(`
    insert into odd."Left Side" values (1, null, E'tab\\tline\\nback\\\\slash\\r\\\\. null \\\\N é 漢'), (2, null, null), (3, null, '');
    insert into odd.right_side values (10, 1, null), (11, 2, 10);
    update odd."Left Side" set other = 11 where id = 1`)
  await inTransaction(t.visitor(), tx => queueMail(tx, { to: 'ana@example.com', subject: 'New', text: canaries.message }))
  const storedId = (await inTransaction(t.system('practice.found'), tx => storeFile(tx, Buffer.from(canaries.note.repeat(20_000)), { mediaType: 'text/plain' }))).id
  for (let number = 0; number < 30; number++) await inTransaction(t.system('records.import'), tx => audit(tx, 'results.viewed'))
  await sealEverything(house, new AnchorFile(anchorFileOf(house.config.dataDir), house.keys))
  return { t, place, folder, canaries, storedId, async close() { await t.close(); rmSync(folder, { recursive: true, force: true }) } }
}

/** A fresh machine: an empty database, an empty folder, the key from the safe. */
export async function elsewhere<T>({ t, folder }: HouseToBackUp, work: (there: RestorePlace & { db: TestDatabase }) => Promise<T>, keys = t.house.keys): Promise<T> {
  const db = await freshDatabase()
  const dataDir = mkdtempSync(join(folder, 'new-'))
  await db.owner.query(oddTables)
  try {
    return await work({ db, ownerUrl: db.ownerUrl, workerUrl: db.workerUrl, keys, files: makeFileStore({ folder: dataDir, keys }), dataDir, now: t.house.now })
  } finally {
    await db.drop()
  }
}
