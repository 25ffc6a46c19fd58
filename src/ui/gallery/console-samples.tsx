import { BarChart } from '#ui/bar-chart.tsx'
import { Actions, Button, LinkButton } from '#ui/button.tsx'
import { Select } from '#ui/choices.tsx'
import { ConsoleLayout } from '#ui/console-layout.tsx'
import { Field } from '#ui/fields.tsx'
import { Form } from '#ui/form.tsx'
import { console } from '#ui/gallery/sample-facts.ts'
import { Badge, Notice } from '#ui/notice.tsx'
import { Table } from '#ui/table.tsx'
import { Facts, PageHead, RowList, Section } from '#ui/things.tsx'
import { Pagination, Tabs } from '#ui/wayfinding.tsx'

const waiting = [
  { href: '/console/inbox/1', title: 'Ana Torres', detail: 'Waits since 9:12. Answer by noon', aside: <Badge tone="notice">Due soon</Badge>, isNew: true, isCurrent: true },
  { href: '/console/inbox/2', title: 'Walter Green', detail: 'Waits since yesterday 4:50. Answer by 10:00', aside: <Badge tone="act">Late</Badge> },
  { href: '/console/inbox/3', title: 'Contact form: “Do you have room?”', detail: 'Front desk. Answer by tomorrow 9:00', aside: <Badge tone="plain">New</Badge> },
]

export const consoleInbox = (
  <ConsoleLayout {...console} title="Inbox" current="/console/inbox/1" list={<><h2>Waiting</h2><RowList rows={waiting} /></>} flash={{ words: 'Saved.' }}>
    <PageHead title="Ana Torres" aside={<Badge tone="notice">Answer by noon</Badge>} lead="Asks about Friday’s reading." />
    <Facts items={[{ term: 'Since', words: 'Today, 9:12 in the morning' }, { term: 'With', words: 'Mei Lindqvist' }, { term: 'Telephone', words: '(555) 010-0111' }]} />
    <Section title="Answer" level={2}>
      <Form>
        <Select name="to" label="Hand over to" choices={[{ value: '1', label: 'Mei Lindqvist' }, { value: '2', label: 'Front desk' }]} />
        <Field name="line" label="A line for them" isOptional />
        <Actions><Button>Hand over</Button><Button kind="secondary" name="act" value="done">Mark as done</Button><LinkButton kind="quiet" href="/console/inbox">Later</LinkButton></Actions>
      </Form>
    </Section>
  </ConsoleLayout>
)

const rows = ['People', 'Pictures', 'Letters', 'Lists'].map((what, index) => ({
  key: what, cells: { what, when: `Nov ${20 + index}, 2026, 8:0${index}`, rows: `${(index + 1) * 1280}`, state: index === 2 ? <Badge tone="act">Needs a look</Badge> : <Badge tone="calm">Done</Badge>, open: <a href={`/console/jobs/${what}`}>Open</a> },
}))

export const consoleTable = (
  <ConsoleLayout {...console} title="Jobs" current="/console/jobs">
    <PageHead title="Jobs" lead="What the house does by itself." aside={<Actions><LinkButton href="/console/jobs/new" icon="plus" kind="secondary">New</LinkButton></Actions>} />
    <Tabs label="Jobs" current="/console/jobs" items={[{ href: '/console/jobs', words: 'Running', count: 3 }, { href: '/console/jobs/done', words: 'Done' }, { href: '/console/jobs/stuck', words: 'Need a look' }]} />
    <Form isInline method="get" label="Find a job"><Field name="q" label="Find" type="search" /><Button kind="secondary" icon="search">Find</Button></Form>
    <Section title="This week">
      <Table
        caption="This week's jobs" isCaptionHidden isWide columns={[{ key: 'what', words: 'What' }, { key: 'when', words: 'When' }, { key: 'rows', words: 'Rows', isNumber: true }, { key: 'state', words: 'State' }, { key: 'open', words: 'Open', isLabelHidden: true }]} rows={rows}
      />
      <Pagination next="/console/jobs?after=4" position="1–4 of 9" />
    </Section>
    <Section title="Where people came from"><BarChart title="New people in November" bars={[{ label: 'A friend told them', value: 21, words: '21 people' }, { label: 'Our site', value: 9, words: '9 people' }, { label: 'The library', value: 0, words: 'nobody' }]} /></Section>
    <Section title="To mend"><Notice tone="act" title="No backup since Saturday">The last good one is 31 hours old. <a href="/console/jobs">See why</a>.</Notice></Section>
  </ConsoleLayout>
)
