import { NotFound } from '#platform/errors.ts'
import { file, type StaffPage } from '#platform/page.tsx'
import { writeNotes } from '../access.ts'
import { checkNote } from '../check-note.ts'
import { marksIn } from '../keep-marks.ts'

/** Asked by the editor while somebody types (`src/client/check-note.ts`): where words may hurt, and what could stand there. Nothing is kept. */
export const consoleNoteWords: StaffPage = {
  for: { staff: writeNotes },
  mostBytes: 300_000,
  get: () => Promise.reject(new NotFound()),   // it is asked, and never opened
  async post(ctx, form, { params }) {
    const text = (name: string, most: number) => String(form.get(name) ?? '').slice(0, most)
    const checked = await checkNote(ctx, params.id!, { body: text('body', 50_000), summary: text('summary', 4_000) }, marksIn(form).kept)
    return file(JSON.stringify(checked), 'application/json')
  },
}
