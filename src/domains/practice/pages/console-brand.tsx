import type { Ctx, StaffActor } from '#platform/ctx.ts'
import { NotFound } from '#platform/errors.ts'
import { seeOther, type Answer, type StaffPage } from '#platform/page.tsx'
import { brandFrom, type Brand } from '#ui/brand.ts'
import { Actions, Button } from '#ui/button.tsx'
import { toHex, type Oklch } from '#ui/color.ts'
import { Field } from '#ui/fields.tsx'
import { Form, type Problems, type Values } from '#ui/form.tsx'
import { Badge, Notice } from '#ui/notice.tsx'
import { Section } from '#ui/things.tsx'
import { Table } from '#ui/table.tsx'
import { editPractice } from '../access.ts'
import { saveBrand } from '../edit-profile.ts'
import { loadPractice } from '../load-practice.ts'
import { contrastFigures, leastContrast } from '../make-brand.ts'
import { fieldsOf } from '../read-fields.ts'
import { showInPractice } from './console-frame.tsx'
import { PictureChoice } from './picture-choice.tsx'

/** One colour makes the whole look. It can be tried here, with its contrast counted, before it is saved. */
export const consoleBrand: StaffPage = {
  for: { staff: editPractice },
  get: (ctx, { query }) => showBrand(ctx, { said: query.get('said') }),
  async post(ctx, form) {
    const fields = fieldsOf(form)
    if (fields.do === 'try') return showBrand(ctx, { values: fields, problems: brandFrom(fields.color ?? '') ? {} : { color: 'Choose a color, or write it like #2f6a56.' }, status: 200 })
    const saved = await saveBrand(ctx, fields)
    return saved.ok ? seeOther('/console/practice/brand?said=saved') : showBrand(ctx, { problems: saved.problems, values: fields, status: 422 })
  },
}

async function showBrand(ctx: Ctx<StaffActor>, { problems = {}, values, said = null, status = 200 }: { problems?: Problems; values?: Values; said?: string | null; status?: number }): Promise<Answer> {
  const practice = await loadPractice(ctx)
  if (!practice) throw new NotFound()
  const { profile } = practice
  const color = String(values?.color ?? profile.brandColor)
  const brand = brandFrom(color)
  return showInPractice(ctx, { title: 'Look', lead: 'Your color and your mark. Everything else about the look is made to be read by everybody.', page: '/brand', said, status },
    <>
      <Form label="Look" problems={problems} values={values ?? { color: profile.brandColor, logo: profile.logo?.id ?? '' }}>
        <Field name="color" label="Your color" type="color" hint="From it come links, buttons and tints, in light and in dark." />
        <PictureChoice name="logo" label="Your mark" hint="A square picture, best with nothing behind it. It stands beside the name." pictures={practice.pictures} />
        <Actions><Button name="do" value="save">Save</Button><Button kind="secondary" name="do" value="try">Try it without saving</Button></Actions>
      </Form>
      {brand && <Tried brand={brand} name={profile.name} />}
    </>)
}

function Tried({ brand, name }: { brand: Brand; name: string }) {
  return (
    <Section title="How it reads">
      {brand.isDarkened && <Notice tone="info" title="This color is pale for words, so we made it darker where words stand on it."><p>On a light page it becomes {brand.shown}.</p></Notice>}
      <div className="brand-samples"><Sample brand={brand} palette="light" name={name} /><Sample brand={brand} palette="dark" name={name} /></div>
      <Table
        caption="Contrast" isCaptionHidden columns={[{ key: 'what', words: 'Where' }, { key: 'light', words: 'Light', isNumber: true }, { key: 'dark', words: 'Dark', isNumber: true }, { key: 'state', words: 'Readable' }]}
        rows={contrastFigures(brand).filter(({ palette }) => palette === 'light').map(({ what, ratio }) => {
          const dark = contrastFigures(brand).find(figure => figure.palette === 'dark' && figure.what === what)!.ratio
          const isGood = Math.min(ratio, dark) >= leastContrast
          return { key: what, cells: { what, light: `${ratio} : 1`, dark: `${dark} : 1`, state: <Badge tone={isGood ? 'calm' : 'act'}>{isGood ? 'Yes' : `Needs ${leastContrast} : 1`}</Badge> } }
        })}
      />
    </Section>
  )
}

const papers: Record<'light' | 'dark', { paper: Oklch; ink: Oklch }> = {
  light: { paper: { l: 0.984, c: 0.006, h: 95 }, ink: { l: 0.255, c: 0.022, h: 165 } }, dark: { paper: { l: 0.212, c: 0.012, h: 170 }, ink: { l: 0.945, c: 0.01, h: 95 } },
}

/** A small page in the tried colour, drawn: the real stylesheet changes only when it is saved. */
function Sample({ brand, palette, name }: { brand: Brand; palette: 'light' | 'dark'; name: string }) {
  const { paper, ink } = papers[palette]
  const colors = brand[palette]
  return (
    <svg viewBox="0 0 360 220" role="img" aria-label={`A page in this color, ${palette}`} className="brand-sample">
      <rect width="360" height="220" rx="10" fill={toHex(paper)} />
      <text x="20" y="38" fontSize="17" fontWeight="650" fill={toHex(ink)}>{name.slice(0, 34)}</text>
      <rect x="20" y="56" width="320" height="56" rx="8" fill={toHex(colors.brandFill)} />
      <text x="34" y="90" fontSize="15" fill={toHex(colors.brand)} textDecoration="underline">Words on a tint</text>
      <text x="20" y="142" fontSize="15" fill={toHex(colors.brand)} textDecoration="underline">A link on the page</text>
      <rect x="200" y="122" width="140" height="36" rx="8" fill={toHex(colors.brand)} />
      <text x="270" y="145" fontSize="15" fontWeight="600" textAnchor="middle" fill={toHex(colors.onBrand)}>A button</text>
      <path d="M0 174h360v36a10 10 0 0 1-10 10H10a10 10 0 0 1-10-10z" fill={toHex(colors.ground)} />
      <text x="20" y="203" fontSize="14" fill={toHex({ l: 0.95, c: 0.01, h: 110 })}>The foot of the site</text>
    </svg>
  )
}
