import { writeFileSync } from 'node:fs'
import { describeSchema } from '#test/describe-schema.ts'
import { freshDatabase } from '#test/database.ts'

/** Writes down the schema that the migrations make, for reviewers to read. */
const db = await freshDatabase()
writeFileSync('test/schema.sql', await describeSchema(db.owner))
await db.drop()
