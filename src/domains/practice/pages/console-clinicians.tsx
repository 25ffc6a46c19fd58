import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { may } from '#platform/permission.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { formatDay } from '#platform/when.ts'
import { LinkButton } from '#ui/button.tsx'
import { EmptyState } from '#ui/notice.tsx'
import { Portrait } from '#ui/picture.tsx'
import { RowList } from '#ui/things.tsx'
import { editPractice, seePractice } from '../access.ts'
import { pictureFacts } from '../address-picture.ts'
import { saveClinician } from '../edit-clinician.ts'
import { loadPractice } from '../load-practice.ts'
import { fieldsOf } from '../read-fields.ts'
import type { Accepting, Clinician } from '../shared.ts'
import { ClinicianFacts, listsFrom } from './console-clinician-facts.tsx'
import { showInPractice } from './console-frame.tsx'
import type { Problems, Values } from '#ui/form.tsx'

const here = '/console/practice/clinicians'
const acceptingWords: Record<Accepting, string> = { yes: 'Takes new patients', no: 'Takes no new patients now', ask: 'Not known if there is room' }

export const acceptingInWords = ({ accepting, acceptingCheckedOn: day }: Clinician): string => `${acceptingWords[accepting]}${day ? `, asked ${formatDay(day)}` : ''}`

export const consoleClinicians: StaffPage = {
  for: { staff: seePractice },
  async get(ctx, { query }) {
    const { clinicians = [] } = await loadPractice(ctx) ?? {}
    return showInPractice(ctx, {
      title: 'Clinicians', lead: 'The people patients meet, in their own words.', page: '/clinicians', said: query.get('said'),
      ...(may(ctx, editPractice) && { aside: <LinkButton kind="secondary" icon="user-round-plus" href={`${here}/new`}>Add somebody</LinkButton> }),
    },
    clinicians.length === 0
      ? <EmptyState icon="user-round" title="Nobody yet.">Add the people whom patients will meet.</EmptyState>
      : <RowList rows={clinicians.map(clinician => ({
          href: `${here}/${clinician.id}`, title: clinician.name, picture: <Portrait name={clinician.name} picture={clinician.picture ? { ...pictureFacts(clinician.picture, 'en', '3rem'), alt: '' } : undefined} />,
          detail: <>{clinician.role.en}<br />{acceptingInWords(clinician)}</>,
        }))} />)
  },
}

export const consoleNewClinician: StaffPage = {
  for: { staff: editPractice },
  get: ctx => showNew(ctx, {}),
  async post(ctx, form) {
    const fields = fieldsOf(form)
    const lists = listsFrom(form)
    const saved = await saveClinician(ctx, null, fields, lists)
    return saved.ok ? seeOther(`${here}/${saved.id}?said=added`) : showNew(ctx, { problems: saved.problems, values: { ...fields, languages: lists.languages, locations: lists.locationIds } })
  },
}

async function showNew(ctx: Ctx<StaffActor>, { problems, values }: { problems?: Problems; values?: Values }): Promise<Answer> {
  return showInPractice(ctx, { title: 'Add somebody', page: '/clinicians', back: { href: here, words: 'Clinicians' }, ...(problems && { status: 422 }) },
    <ClinicianFacts practice={(await loadPractice(ctx))!} staff={[]} problems={problems} values={values ?? { languages: ['en'] }} verb="Add them" />)
}
