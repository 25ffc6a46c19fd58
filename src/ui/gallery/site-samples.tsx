import { LinkButton, Button } from '#ui/button.tsx'
import { Checkbox, Radios } from '#ui/choices.tsx'
import { Field, TextArea } from '#ui/fields.tsx'
import { Form } from '#ui/form.tsx'
import { Hero, People, Voice } from '#ui/site-parts.tsx'
import { pictures, site } from '#ui/gallery/sample-facts.ts'
import { SiteLayout } from '#ui/site-layout.tsx'
import { Card, Details, PageHead, Section } from '#ui/things.tsx'
import { Picture } from '#ui/picture.tsx'
import { Notice } from '#ui/notice.tsx'
import { Breadcrumb } from '#ui/wayfinding.tsx'

const people = [
  { name: 'Dr. Rosa Delgado', href: '/clinicians/rosa', role: 'Family doctor', line: 'Cares for whole families, newborn to great-grandmother. English and Spanish.', picture: pictures.rosa },
  { name: 'Dr. Samuel Okafor', href: '/clinicians/samuel', role: 'Family doctor', line: 'Long talks, few surprises. Sees children from the first week.', picture: pictures.samuel },
  { name: 'Mei Lindqvist', href: '/clinicians/mei', role: 'Nurse practitioner', line: 'Answers most messages. Loves a good question.', picture: pictures.mei },
]

const hero = (
  <Hero
    title="The family doctors on Alder Street" lead="Three people who know you by name, in a house with a green door. We take our time."
    facts={[
      { icon: 'user-round-plus', words: <><strong>Taking new patients</strong>, grown-ups and children</> },
      { icon: 'map-pin', words: <>214 Alder Street, Millbrook. <a href="/locations/alder-street">How to find us</a></> },
      { icon: 'clock', words: <>Open today until 5</> },
    ]}
    actions={<><LinkButton href="/contact">Become a patient</LinkButton><LinkButton kind="secondary" icon="phone" href="tel:+15550100142">(555) 010-0142</LinkButton></>}
    picture={pictures.hero}
  />
)

export const siteHome = (
  <SiteLayout
    {...site} locale="en" title="Alder Street Family Practice" description="Family doctors in Millbrook." current="/" canonical="https://alder.example/" otherLanguage={{ locale: 'es', href: '/es' }}
    alternates={[{ locale: 'en', href: 'https://alder.example/' }, { locale: 'es', href: 'https://alder.example/es' }]} jsonLd={{ '@context': 'https://schema.org', '@type': 'Organization', name: '</script><b>' }} top={hero}
  >
    <Voice name="Dr. Rosa Delgado" role="Family doctor, here since 2009" href="/clinicians/rosa" picture={pictures.rosa}>
      <p>“I would rather see you ten times for nothing than miss you once for something. Come in and sit down.”</p>
    </Voice>
    <Section title="Who you will meet"><People people={people} /></Section>
    <Section title="Good to know">
      <div className="columns">
        <Card title="Your first visit" href="/services/first" meta="About 40 minutes">What to bring, where to park, and what we will ask.</Card>
        <Card title="When we are closed" href="/contact" meta="Day and night">A nurse answers our number. You never reach a machine.</Card>
        <Card title="What it costs" href="/services/cost" meta="Checked this month">The plans we take, and prices if you have none.</Card>
      </div>
    </Section>
  </SiteLayout>
)

export const sitePage = (
  <SiteLayout {...site} locale="en" title="Contact" current="/contact" otherLanguage={{ locale: 'es', href: '/es/contact' }}>
    <Breadcrumb items={[{ href: '/', words: 'Home' }, { words: 'Contact' }]} />
    <PageHead title="Write to us" lead="A person at the front desk reads this in office hours and writes back within a day." />
    <Form label="Write to us" hasKey={false} problems={{ name: 'Tell us your name, so we know whom to greet.', reply: 'Choose how we may answer.' }} values={{ words: 'Do you have room for two more?' }}>
      <Field name="name" label="Your name" autoComplete="name" />
      <Field name="phone" label="Telephone" hint="Only if you would like a call." type="tel" autoComplete="tel" size="medium" isOptional />
      <Radios name="reply" label="How may we answer?" choices={[{ value: 'call', label: 'By telephone' }, { value: 'mail', label: 'By e-mail', hint: 'Never with anything private in it' }]} />
      <TextArea name="words" label="What is it about?" standing="We read this in office hours. If it is an emergency, call 911." />
      <Checkbox name="news" label="Send me the letter you write four times a year" isOptional />
      <Button>Send it</Button>
    </Form>
    <Section title="Coming by car or bus">
      <div className="prose">
        <p>The 14 stops at our corner every twenty minutes. There are six places to park behind the house, two of them wide. <a href="/locations/alder-street">See the way</a>.</p>
        <h3>If stairs are hard</h3>
        <ul><li>The ramp is on the left side.</li><li>Every room is on the ground floor.</li></ul>
        <Notice tone="notice" title="Closed on Thursday">We are all at a course. The nurse line answers as always.</Notice>
        <Details summary="What about weekends?"><p>We are closed, and the nurse line is open.</p></Details>
      </div>
    </Section>
    <Section title="The house"><Picture {...pictures.house} /></Section>
  </SiteLayout>
)

export const sitePageEs = (
  <SiteLayout
    {...site} locale="es" title="Nuestra gente" current="/es/clinicians" homeHref="/es" otherLanguage={{ locale: 'en', href: '/clinicians' }}
    nav={[{ href: '/es/clinicians', words: 'Nuestra gente' }, { href: '/es/services', words: 'Lo que hacemos' }, { href: '/es/locations/alder-street', words: 'Dónde estamos' }, { href: '/es/contact', words: 'Contacto' }]}
    action={{ href: '/es/contact', words: 'Sea nuestro paciente' }} signIn={{ href: '/sign-in', words: 'Entrar' }}
  >
    <PageHead title="Nuestra gente" lead="Tres personas que conocerán su nombre." />
    <People people={people} level={2} />
  </SiteLayout>
)
