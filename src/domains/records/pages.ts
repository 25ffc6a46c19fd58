import type { Pages } from '#platform/page.tsx'
import { consoleChoices } from './pages/console-choices.tsx'
import { consoleFeedback, consoleReport } from './pages/console-feedback.tsx'
import { consoleGlossary } from './pages/console-glossary.tsx'
import { consoleImports, consoleMatch } from './pages/console-imports.tsx'
import { consoleJoined } from './pages/console-joined.tsx'
import { consoleOrders, consolePatientOrders } from './pages/console-orders.tsx'
import { consolePatient } from './pages/console-patient.tsx'
import { consolePatients } from './pages/console-patients.tsx'
import { consoleUnnamedTests } from './pages/console-unnamed-tests.tsx'
import { consoleWhatToExpect } from './pages/console-what-to-expect.tsx'
import { portalChoices } from './pages/portal-choices.tsx'
import { portalDownload } from './pages/portal-download.tsx'
import { portalHeld } from './pages/portal-held.tsx'
import { portalMedicines } from './pages/portal-medicines.tsx'
import { portalNote, portalNoteDocument, portalNotes } from './pages/portal-notes.tsx'
import { portalRecord } from './pages/portal-record.tsx'
import { portalResult, portalResultDocument } from './pages/portal-result.tsx'
import { portalResults } from './pages/portal-results.tsx'
import { portalContactWrong, portalFactWrong, portalNoteWrong, portalResultAsk, portalResultWrong } from './pages/portal-wrong.tsx'

export const recordsPages: Pages = {
  '/portal/results': portalResults,
  '/portal/results/waiting': portalHeld,
  '/portal/results/:id': portalResult,
  '/portal/results/:id/document/:place': portalResultDocument,
  '/portal/results/:id/ask': portalResultAsk,
  '/portal/results/:id/wrong': portalResultWrong,
  '/portal/medicines': portalMedicines,
  '/portal/notes': portalNotes,
  '/portal/notes/:id': portalNote,
  '/portal/notes/:id/document/:place': portalNoteDocument,
  '/portal/notes/:id/wrong/:part': portalNoteWrong,
  '/portal/record': portalRecord,
  '/portal/record/:id/wrong': portalFactWrong,
  '/portal/contact/wrong': portalContactWrong,
  '/portal/download': portalDownload,
  '/portal/settings/results': portalChoices,
  '/console/patients': consolePatients,
  '/console/patients/:id': consolePatient,
  '/console/patients/:id/choices': consoleChoices,
  '/console/patients/:id/orders': consolePatientOrders,
  '/console/orders': consoleOrders,
  '/console/what-to-expect': consoleWhatToExpect,
  '/console/feedback': consoleFeedback,
  '/console/feedback/:id': consoleReport,
  '/console/glossary': consoleGlossary,
  '/console/tests': consoleUnnamedTests,
  '/console/imports': consoleImports,
  '/console/imports/matches/:id': consoleMatch,
  '/console/imports/joined/:id': consoleJoined,
}
