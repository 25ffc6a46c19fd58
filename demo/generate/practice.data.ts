import type { Address, Location, Organization, Practitioner } from '@medplum/fhirtypes'

// Everybody and every place that more than one patient's record points at. Written the same in each Bundle, so importing again changes nothing.
// NPIs start with 9: a number that is never given out, with a right check digit.

const meta = { lastUpdated: '2024-01-02T12:00:00.000Z' }
const phone = (value: string) => [{ system: 'phone' as const, value, use: 'work' as const }]

type Person = [id: string, given: string, family: string, title: string, npi: string, gender: 'female' | 'male', credential: string, role: string]

const people = {
  adaBrightmoor: ['5d0c1b4e-0001-4a10-8c00-000000000001', 'Ada', 'Brightmoor', 'Dr.', '9999900019', 'female', 'MD', 'Family medicine'],
  tomasValdemora: ['5d0c1b4e-0002-4a10-8c00-000000000002', 'Tomás', 'Valdemora', 'Dr.', '9999900027', 'male', 'MD', 'Internal medicine'],
  wrenOakmere: ['5d0c1b4e-0003-4a10-8c00-000000000003', 'Wren', 'Oakmere', '', '9999900035', 'female', 'FNP-C', 'Family nurse practitioner'],
  ruthFerncroft: ['5d0c1b4e-0004-4a10-8c00-000000000004', 'Ruth', 'Ferncroft', '', '9999900043', 'female', 'RN', 'Registered nurse'],
  imaniThornfield: ['5d0c1b4e-0005-4a10-8c00-000000000005', 'Imani', 'Thornfield', 'Dr.', '9999900050', 'female', 'MD', 'Obstetrics and gynecology'],
  leifQuillstone: ['5d0c1b4e-0006-4a10-8c00-000000000006', 'Leif', 'Quillstone', 'Dr.', '9999900068', 'male', 'MD', 'Diagnostic radiology'],
  noorLarkwell: ['5d0c1b4e-0007-4a10-8c00-000000000007', 'Noor', 'Larkwell', 'Dr.', '9999900076', 'female', 'MD', 'Anatomic pathology'],
  josieMarlgate: ['5d0c1b4e-0008-4a10-8c00-000000000008', 'Josie', 'Marlgate', '', '9999900084', 'female', 'LCSW', 'Clinical social work'],
} as const satisfies Record<string, Person>

export type ClinicianKey = keyof typeof people

function practitioner([id, given, family, title, npi, gender, credential, role]: Person): Practitioner {
  return {
    resourceType: 'Practitioner', id, meta, active: true, gender,
    identifier: [{ system: 'http://hl7.org/fhir/sid/us-npi', value: npi }],
    name: [{ use: 'official', given: [given], family, ...(title && { prefix: [title] }), suffix: [credential], text: title ? `${title} ${given} ${family}` : `${given} ${family}, ${credential}` }],
    telecom: [...phone('(802) 555-0100'), { system: 'email', use: 'work', value: `${given}.${family}@kestrel.example.com`.normalize('NFD').replace(/[^\w.@]/g, '').toLowerCase() }],
    qualification: [{ code: { text: role } }],
  }
}

export const clinicians = Object.fromEntries(Object.entries(people).map(([key, row]) => [key, practitioner([...row])])) as Record<ClinicianKey, Practitioner>

const address = (line: string, city: string, postalCode: string): Address[] => [{ use: 'work', line: [line], city, state: 'VT', postalCode, country: 'US' }]

function organization(id: string, name: string, kind: 'prov' | 'dept' | 'pay' | 'other', phoneNumber: string, where: Address[]): Organization {
  return {
    resourceType: 'Organization', id, meta, active: true, name, telecom: phone(phoneNumber), address: where,
    type: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/organization-type', code: kind }] }],
  }
}

export const organizations = {
  practice: organization('6e1d2c5f-0001-4b20-9d00-000000000001', 'Kestrel Family Medicine', 'prov', '(802) 555-0100', address('12 Gristmill Lane', 'Alder Falls', '05990')),
  juniperLab: organization('6e1d2c5f-0002-4b20-9d00-000000000002', 'Juniper Clinical Laboratory', 'other', '(802) 555-0140', address('400 Quarry Road', 'Mill Hollow', '05992')),
  northlineLab: organization('6e1d2c5f-0003-4b20-9d00-000000000003', 'Northline Reference Lab', 'other', '(518) 555-0141', address('77 Tannery Way', 'North Tannery', '05993')),
  lanternImaging: organization('6e1d2c5f-0004-4b20-9d00-000000000004', 'Lantern Imaging Center', 'other', '(802) 555-0142', address('9 Lantern Court', 'Alder Falls', '05990')),
  harborHospital: organization('6e1d2c5f-0005-4b20-9d00-000000000005', 'Kestrel Harbor Hospital', 'prov', '(802) 555-0150', address('1 Heron Avenue', 'Kestrel Harbor', '05991')),
  millstoneHealth: organization('6e1d2c5f-0006-4b20-9d00-000000000006', 'Millstone Health Plan', 'pay', '(802) 555-0160', address('300 Ropewalk Street', 'Mill Hollow', '05992')),
  greenValleyCare: organization('6e1d2c5f-0007-4b20-9d00-000000000007', 'Green Valley State Care', 'pay', '(802) 555-0161', address('50 Orchard Road', 'Alder Falls', '05990')),
} as const

function location(id: string, name: string, phoneNumber: string, [where]: Address[]): Location {
  return {
    resourceType: 'Location', id, meta, status: 'active', mode: 'instance', name, telecom: phone(phoneNumber), ...(where && { address: where }),
    // By identifier, not by reference: a place stays the same text whichever way a Bundle writes its references.
    managingOrganization: { identifier: { system: 'http://hl7.org/fhir/sid/us-npi', value: '9999900092' }, display: 'Kestrel Family Medicine' },
  }
}

export const locations = {
  alderFalls: location('7f2e3d60-0001-4c30-8e00-000000000001', 'Kestrel Family Medicine, Alder Falls', '(802) 555-0100', address('12 Gristmill Lane', 'Alder Falls', '05990')),
  millHollow: location('7f2e3d60-0002-4c30-8e00-000000000002', 'Kestrel Family Medicine, Mill Hollow', '(802) 555-0101', address('88 Millrace Road', 'Mill Hollow', '05992')),
} as const

export type OrganizationKey = keyof typeof organizations
export type LocationKey = keyof typeof locations
