import { may } from '#platform/permission.ts'
import { lastBackup, lateAfterHours, type LastBackup } from '#platform/run-backup.ts'
import { seeOther, type StaffPage } from '#platform/page.tsx'
import { formatWhen } from '#platform/when.ts'
import { Actions, Button } from '#ui/button.tsx'
import { Form } from '#ui/form.tsx'
import { Notice } from '#ui/notice.tsx'
import { Facts, PageHead, Section } from '#ui/things.tsx'
import { makeBackups, seeBackups } from '../access.ts'
import { askForBackup, isBackupUnderWay } from '../ask-for-backup.ts'

const size = new Intl.NumberFormat('en-US', { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 })
const count = new Intl.NumberFormat('en-US')
const said: Record<string, string> = {
  asked: 'The backup begins now. Look here again in a few minutes.', 'under-way': 'A backup is under way already. There will be one, not two.', 'no-place': 'There is no place for a backup yet.',
}

export const consoleBackups: StaffPage = {
  for: { staff: seeBackups },
  async get(ctx, { query }) {
    const [zone, backup] = [await ctx.house.shell.zone(ctx), await lastBackup(ctx)]
    const isUnderWay = backup.isRunning || (await isBackupUnderWay(ctx))
    const hasPlace = ctx.house.config.backupDir !== undefined
    const flash = said[query.get('said') ?? '']
    return ctx.house.shell.console(ctx, { title: 'Backups', current: '/console/backups', ...(flash && { flash: { words: flash } }) },
      <>
        <PageHead title="Backups" lead="Everything in one sealed file, made each night. A backup that nobody ever restored is a hope: try one each quarter." />
        <BackupState backup={backup} hasPlace={hasPlace} isHere />
        {hasPlace && isUnderWay && !backup.isRunning && <Notice tone="info" title="A backup is about to begin." />}
        {hasPlace && !isUnderWay && may(ctx, makeBackups) && <Form label="Back up now"><Actions><Button icon="shield-check">Back up now</Button></Actions></Form>}
        {backup.good && (
          <Section title="The last good one">
            <Facts items={[
              { term: 'Made', words: formatWhen(backup.good.at, zone, 'moment') },
              { term: 'File', words: backup.good.fileName },
              { term: 'Size', words: size.format(backup.good.bytes / 1_000_000) },
              { term: 'Holds', words: `${count.format(backup.good.rows)} rows, ${count.format(backup.good.files)} files` },
              ...(backup.good.problem ? [{ term: 'Note', words: backup.good.problem }] : []),
            ]} />
          </Section>
        )}
        <Section title="By hand">
          <p><code>npx rapport backup</code> makes one on the server. <code>npx rapport restore</code> with the file’s name puts it into an empty database and checks it.</p>
          <p>The key in <code>DATA_DIR/secrets/key</code> is not in the backup. Without a copy of it no backup can be opened.</p>
        </Section>
      </>)
  },
  async post(ctx) {
    const asked = await askForBackup(ctx)
    return seeOther(`/console/backups?said=${asked.ok ? 'asked' : asked.reason}`)
  },
}

export function BackupState({ backup, hasPlace, isHere }: { backup: LastBackup; hasPlace: boolean; isHere?: boolean }) {
  if (!hasPlace) return <Notice tone="notice" title="No place for backups is set.">Set BACKUP_DIR to another disk, and one is made each night.</Notice>
  if (backup.failure) return <Notice tone="act" title="The last backup did not work.">{backup.failure.problem}</Notice>
  if (backup.isRunning) return <Notice tone="info" title="A backup is being made." />
  if (backup.isLate) return <Notice tone="act" title={`There is no good backup of the last ${lateAfterHours} hours.`}>Look at <a href="/console/jobs">Background jobs</a>, or {isHere ? 'make one now' : <a href="/console/backups">make one now</a>}.</Notice>
  return <Notice tone="calm" title="The last backup is good." />
}
