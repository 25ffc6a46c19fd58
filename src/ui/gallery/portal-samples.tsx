import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Checkboxes, Radios, Select } from '#ui/choices.tsx'
import { DateField, Field, TextArea } from '#ui/fields.tsx'
import { Form } from '#ui/form.tsx'
import { pictures, portal, practice } from '#ui/gallery/sample-facts.ts'
import { LineChart } from '#ui/line-chart.tsx'
import { Badge, EmptyState, Notice } from '#ui/notice.tsx'
import { Portrait } from '#ui/picture.tsx'
import { PlainLayout } from '#ui/plain-layout.tsx'
import { PortalLayout } from '#ui/portal-layout.tsx'
import { Table } from '#ui/table.tsx'
import { Details, Facts, PageHead, RowList, Section } from '#ui/things.tsx'
import { Pagination, ProgressSteps } from '#ui/wayfinding.tsx'

export const portalHome = (
  <PortalLayout {...portal} locale="en" title="Home" current="/portal" flash={{ words: 'Your message is on its way. Mei will answer by Thursday noon.' }} session={{ secondsLeft: 900, extendAction: '/session/extend', endHref: '/ended' }}>
    <PageHead title="Good morning, Ana." lead="One new result. Your visit is on Tuesday at 9:30 in the morning." />
    <Actions><LinkButton href="/portal/results/1" isWide>Read your new result</LinkButton></Actions>
    <Section title="What is new">
      <RowList
        label="What is new"
        rows={[
          { href: '/portal/results/1', title: 'Morning reading', detail: 'A little above the usual range. From Friday, November 20', aside: <Badge tone="notice">A little above</Badge>, isNew: true },
          { href: '/portal/messages/1', title: 'Mei Lindqvist wrote to you', detail: '“Good news, and one small thing to change.” Yesterday', picture: <Portrait name="Mei Lindqvist" picture={{ ...pictures.mei, alt: '' }} size="small" />, isNew: true },
          { href: '/portal/appointments/1', title: 'Tuesday, December 1, 9:30 in the morning', detail: 'Dr. Delgado, Alder Street. Clinic time', icon: 'calendar-days' },
        ]}
      />
    </Section>
    <Section title="What you sent us" aside={<a href="/portal/messages">All messages</a>}>
      <EmptyState icon="message-circle" title="Nothing is waiting for you." action={<LinkButton href="/portal/messages/new" kind="secondary">Write to us</LinkButton>}><p>When we answer, it shows here and you get a note by text.</p></EmptyState>
    </Section>
  </PortalLayout>
)

const readings = [
  { at: new Date('2024-03-02'), value: 5.4, words: '5.4', when: 'Mar 2, 2024', tone: 'calm' as const }, { at: new Date('2025-01-10'), value: 5.6, words: '5.6', when: 'Jan 10, 2025', tone: 'calm' as const },
  { at: new Date('2025-09-01'), value: 5.5, words: '5.5', when: 'Sep 1, 2025', tone: 'calm' as const }, { at: new Date('2026-04-01'), value: 5.7, words: '5.7', when: 'Apr 1, 2026', tone: 'notice' as const },
  { at: new Date('2026-11-20'), value: 6.1, words: '6.1 %', when: 'Nov 20, 2026', tone: 'notice' as const },
]

export const portalThing = (
  <PortalLayout {...portal} locale="en" title="Morning reading" current="/portal/results/1" actingFor={{ name: 'Mateo Torres', switchHref: '/portal/settings' }}>
    <PageHead title="Morning reading" back={{ href: '/portal/results', words: 'All results' }} lead="A little above the usual range." />
    <LineChart title="Morning reading over time" summary="Five readings from March 2024 to November 2026. The last, 6.1, is a little above the usual range of 4 to 5.6." points={readings} band={{ low: 4, high: 5.6, highWords: '5.6', lowWords: '4.0', words: 'Usual range' }} columns={{ when: 'Day', value: 'Reading' }} />
    <Section title="What happens next">
      <Notice tone="calm" title="Nothing to do today">Dr. Delgado will talk about it with you on Tuesday.</Notice>
      <div className="stack">

        <Notice tone="notice" title="A little above">Most people need no change.</Notice>
        <Notice tone="act" title="This needs quick action">Call us now at (555) 010-0142.</Notice>
        <Notice title="Your record was updated on Friday">It may not hold everything.</Notice>
      </div>
    </Section>
    <Section title="The exact figures">
      <Facts items={[{ term: 'Value', words: '6.1 %' }, { term: 'Usual range of this place', words: '4.0 to 5.6 %' }, { term: 'Taken', words: 'Friday, November 20, 2026, 8:10 in the morning, clinic time' }]} />

      <Table
        caption="Everything taken that day" columns={[{ key: 'what', words: 'What' }, { key: 'value', words: 'Value', isNumber: true }, { key: 'range', words: 'Usual range', isNumber: true }, { key: 'state', words: 'In words' }]}
        rows={[
          { key: '1', cells: { what: 'Morning reading', value: '6.1 %', range: '4.0–5.6', state: <Badge tone="notice">A little above</Badge> } },
          { key: '2', cells: { what: 'Evening reading', value: '98', range: '70–99', state: <Badge tone="calm">In the usual range</Badge> } },
          { key: '3', cells: { what: 'Third reading', value: '180', range: '70–99', state: <Badge tone="act">Needs action</Badge> } },
        ]}
      />
      <Details summary="The full report"><p>As it came to us, word for word.</p></Details>
      <Pagination previous="/portal/results?before=1" next="/portal/results?after=1" position="26–50 of 312" />
    </Section>
  </PortalLayout>
)

export const portalForm = (
  <PortalLayout {...portal} locale="es" title="Ajustes" current="/portal/settings">
    <ProgressSteps steps={['Motivo', 'Hora', 'Revisar']} at={2} />
    <PageHead title="Cómo quiere que le avisemos" />
    <Form problems={{ born: 'Escriba su fecha de nacimiento.', how: 'Elija al menos una forma.' }} values={{ name: 'Ana' }}>
      <Field name="name" label="Su nombre" autoComplete="name" />
      <DateField name="born" label="Fecha de nacimiento" hint="Así sabemos que es usted." autoComplete="bday" />
      <Select name="language" label="Idioma" value="es" choices={[{ value: 'en', label: 'English' }, { value: 'es', label: 'Español' }]} />
      <Checkboxes name="how" label="¿Cómo le avisamos?" choices={[{ value: 'text', label: 'Mensaje de texto' }, { value: 'mail', label: 'Correo', hint: 'Sin nada privado' }]} />
      <Radios name="when" label="¿Cuándo?" isInline value="day" choices={[{ value: 'day', label: 'De día' }, { value: 'any', label: 'A toda hora' }]} />
      <TextArea name="words" label="¿Algo más?" isOptional standing="Leemos esto en horas de oficina. Si es una emergencia, llame al 911." />
      <Actions><Button isWide>Guardar</Button><Button kind="danger" icon="trash-2" name="act" value="remove">Quitar</Button><LinkButton kind="quiet" href="/portal">Ahora no</LinkButton></Actions>
    </Form>
  </PortalLayout>
)

export const plainPage = (
  <PlainLayout locale="en" practice={practice} title="Sign in" otherLanguage={{ locale: 'es', href: '/es/sign-in' }} foot={<p>New here? <a href="/activate">Open your account with the letter we sent</a>.</p>}>
    <PageHead title="Sign in" />
    <Form problems={{ '': 'That e-mail and password do not belong together. Try again, or ask for a new password.' }} values={{ email: 'ana@example.org' }}>
      <Field name="email" label="E-mail or your chosen name" autoComplete="username" autoCapitalize="none" spellCheck={false} />
      <Field name="password" label="Password" type="password" autoComplete="current-password" suffix={<a href="/sign-in/forgotten">Forgotten?</a>} />
      <Button isWide>Sign in</Button>
    </Form>
  </PlainLayout>
)
