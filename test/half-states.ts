type Query = (text: string, values?: unknown[]) => Promise<{ rows: { what: string }[] }>

/** What a schedule must never hold, each as a question that finds it. `$1` is the moment of now. */
const wrongs: Readonly<Record<string, string>> = {
  'two have one time': `select a.booking_id || ' and ' || b.booking_id as what from scheduling.claim a
    join scheduling.claim b on a.resource_id = b.resource_id and a.seat = b.seat and a.id < b.id and a.during && b.during and lower(b.during) > lower(a.during) - interval '1 day' and lower(b.during) < upper(a.during)
    where coalesce(a.expires_at > $1, true) and coalesce(b.expires_at > $1, true)`,
  'a visit has no claim of who sees the patient': `select v.id::text as what from scheduling.appointment v where v.status <> 'cancelled'
    and (select count(*) from scheduling.claim c where c.booking_id = v.id and c.resource_id = v.resource_id and c.expires_at is null and c.during @> tstzrange(v.starts_at, v.ends_at)) <> 1`,
  'a claim has no visit': `select c.booking_id::text as what from scheduling.claim c where c.expires_at is null and not exists (select from scheduling.appointment v where v.id = c.booking_id and v.status <> 'cancelled')`,
  'a claim that runs out has no hold': `select c.booking_id::text as what from scheduling.claim c where c.expires_at > $1 and not exists (select from scheduling.hold h where h.id = c.booking_id and h.expires_at = c.expires_at)`,
  'a hold has no claim': `select h.id::text as what from scheduling.hold h where h.expires_at > $1 and not exists (select from scheduling.claim c where c.booking_id = h.id and c.resource_id = h.resource_id and c.expires_at = h.expires_at)`,
  'a hold has become a visit and is there still': 'select h.id::text as what from scheduling.hold h join scheduling.appointment v using (id)',
  'a step is missing or there twice': `select v.id::text as what from scheduling.appointment v
    where array(select s.version from scheduling.appointment_step s where s.appointment_id = v.id order by s.version) <> array(select generate_series(1, v.version))`,
  'the last step is of another time': `select v.id::text as what from scheduling.appointment v
    where (select s.starts_at from scheduling.appointment_step s where s.appointment_id = v.id order by s.version desc limit 1) <> v.starts_at`,
  'a step has no event, or more than one': `select s.appointment_id || ' ' || s.step as what from scheduling.appointment_step s
    group by s.appointment_id, s.step having count(*) <> (select count(*) from audit.event e where e.action = 'appointment.' || s.step and s.appointment_id::text = any (e.ids::text[]))`,
  'who pays themselves has no estimate, or more than one': `select v.id::text as what from scheduling.appointment v
    where v.pays = 'self' and (select count(*) from work.task t where t.kind = 'estimate' and t.subject_id = v.id) <> 1`,
}

/** Looks through a whole schedule for what is half done or there twice; gives each thing it finds in words. Nothing in it is asked in the way the house asks it. */
export async function findHalfStates(query: Query, now: Date, { hasClockJumped = false } = {}): Promise<string[]> {
  const found: string[] = []
  // A clock that is put back finds holds whose claims had run out and were cleared away: they can no longer be booked, and whoever tries is told so.
  for (const [name, text] of Object.entries(wrongs).filter(([name]) => !(hasClockJumped && name === 'a hold has no claim'))) found.push(...(await query(text, text.includes('$1') ? [now] : [])).rows.map(({ what }) => `${name}: ${what}`))
  return found
}
