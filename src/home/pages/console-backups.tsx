import { lastBackup, lateAfterHours, type LastBackup } from '#platform/run-backup.ts'
import type { StaffPage } from '#platform/page.tsx'
import { formatWhen } from '#platform/when.ts'
import { Notice } from '#ui/notice.tsx'
import { Facts, PageHead, Section } from '#ui/things.tsx'
import { seeBackups } from '../access.ts'

const size = new Intl.NumberFormat('en-US', { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 })
const count = new Intl.NumberFormat('en-US')

export const consoleBackups: StaffPage = {
  for: { staff: seeBackups },
  async get(ctx) {
    const [zone, backup] = [await ctx.house.shell.zone(ctx), await lastBackup(ctx)]
    const hasPlace = ctx.house.config.backupDir !== undefined
    return ctx.house.shell.console(ctx, { title: 'Backups', current: '/console/backups' },
      <>
        <PageHead title="Backups" lead="Everything in one sealed file, made each night. A backup that nobody ever restored is a hope: try one each quarter." />
        <BackupState backup={backup} hasPlace={hasPlace} />
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
          <p><code>npx rapport backup</code> makes one now. <code>npx rapport restore</code> with the file’s name puts it into an empty database and checks it.</p>
          <p>The key in <code>DATA_DIR/secrets/key</code> is not in the backup. Without a copy of it no backup can be opened.</p>
        </Section>
      </>)
  },
}

export function BackupState({ backup, hasPlace }: { backup: LastBackup; hasPlace: boolean }) {
  if (!hasPlace) return <Notice tone="notice" title="No place for backups is set.">Set BACKUP_DIR to another disk, and one is made each night.</Notice>
  if (backup.failure) return <Notice tone="act" title="The last backup did not work.">{backup.failure.problem}</Notice>
  if (backup.isLate) return <Notice tone="act" title={`There is no good backup of the last ${lateAfterHours} hours.`}>Look at Background jobs, or make one by hand.</Notice>
  if (backup.isRunning) return <Notice tone="info" title="A backup is being made." />
  return <Notice tone="calm" title="The last backup is good." />
}
