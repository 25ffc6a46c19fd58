import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { Actions, Button } from '#ui/button.tsx'
import { Pair } from '#ui/console-parts.tsx'
import { Field, FileField } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { EmptyState, Notice } from '#ui/notice.tsx'
import { Details, Section } from '#ui/things.tsx'
import { plainHref } from '../address-picture.ts'
import { editWords } from '../access.ts'
import { addPicture, describePicture, mostPictureBytes, removePicture } from '../keep-picture.ts'
import { loadPictures } from '../load-practice.ts'
import { fieldsOf } from '../read-fields.ts'
import type { PictureInfo } from '../shared.ts'
import { pairValues, showInPractice } from './console-frame.tsx'

const here = '/console/practice/pictures'
type Typed = { form?: string; problems?: Problems; values?: Values; said?: string | null; inUse?: boolean }

/** The practice's own pictures. Each is drawn anew when it comes in: where and with what it was taken does not travel on. */
export const consolePictures: StaffPage = {
  for: { staff: editWords },
  mostBytes: mostPictureBytes + 100_000,
  get: (ctx, { query }) => showPictures(ctx, { said: query.get('said') }),
  async post(ctx, form) {
    const fields = fieldsOf(form)
    if (fields.do === 'remove' && fields.id) {
      const removed = await removePicture(ctx, fields.id)
      return removed.ok ? seeOther(`${here}?said=removed`) : showPictures(ctx, { inUse: true })
    }
    if (fields.do === 'describe' && fields.id) {
      const saved = await describePicture(ctx, fields.id, fields)
      return saved.ok ? seeOther(`${here}?said=saved`) : showPictures(ctx, { form: fields.id, problems: saved.problems, values: fields })
    }
    const file = form.get('file')
    const added = await addPicture(ctx, Buffer.from(file instanceof File ? await file.arrayBuffer() : new ArrayBuffer(0)), fields)
    return added.ok ? seeOther(`${here}?said=added`) : showPictures(ctx, { form: 'new', problems: added.problems, values: fields })
  },
}

async function showPictures(ctx: Ctx<StaffActor>, { form, problems, values, said = null, inUse }: Typed): Promise<Answer> {
  const pictures = [...(await loadPictures(ctx)).values()]
  return showInPractice(ctx, { title: 'Pictures', lead: 'Your own people and rooms. No picture of a patient, and nobody who did not say yes.', page: '/pictures', said, ...(form && { status: 422 }), ...(inUse && { status: 409 }) },
    <>
      {inUse && <Notice tone="notice" title="A page shows this picture."><p>Choose another there first, then remove it here.</p></Notice>}
      {pictures.length === 0 ? <EmptyState icon="image" title="No pictures yet.">Begin with faces: they bring people in more than rooms do.</EmptyState>
        : <ul className="picture-list">{pictures.map(picture => <PictureItem key={picture.id} picture={picture} {...(form === picture.id && { problems, values })} />)}</ul>}
      <Section title="Add a picture">
        <Form label="Add a picture" className="form-wide" isMultipart problems={form === 'new' ? problems : undefined} values={form === 'new' ? values : undefined}>
          <FileField name="file" label="Picture" hint="JPEG, PNG, WebP or AVIF, up to 15 MB. 1,280 pixels wide or more looks best." accept="image/jpeg,image/png,image/webp,image/avif" />
          <Field name="name" label="Short name" hint="For this list and its address: “Front door”." maxLength={60} size="medium" />
          <Pair name="alt" label="What it shows" hint="For those who cannot see it: who or what, and the mood. “Dr. Lee laughs with a child on her lap.”" most={300} rows={2} />
          <Actions><Button icon="upload" name="do" value="add">Add it</Button></Actions>
        </Form>
      </Section>
    </>)
}

function PictureItem({ picture, problems, values }: { picture: PictureInfo; problems?: Problems | undefined; values?: Values | undefined }) {
  return (
    <li>
      <img src={plainHref(picture, 320)} alt={picture.alt.en} width={picture.width} height={picture.height} loading="lazy" />
      <div>
        <p><strong className="picture-name">{picture.name.replaceAll('-', ' ')}</strong></p>
        <p className="soft">{picture.alt.en}</p>
        <Details summary="Change what it says, or remove it" isOpen={problems !== undefined}>
          <Form label={picture.name} className="form-wide" prefix={`${picture.id}-`} problems={problems} values={values ?? pairValues('alt', picture.alt)}>
            <input type="hidden" name="id" value={picture.id} />
            <Pair name="alt" label="What it shows" most={300} rows={2} />
            <Actions><Button name="do" value="describe">Save</Button><Button kind="quiet" name="do" value="remove">Remove</Button></Actions>
          </Form>
        </Details>
      </div>
    </li>
  )
}
