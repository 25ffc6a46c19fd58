// How much memory Node may keep before it collects, by command. Measured: a server without these 490 MB and 205 pages a second, with them 290 and 250;
// an importer of a 300 MB line 526 MB without, 274 with.
const ofCommand = { serve: ['--max-semi-space-size=32', '--max-old-space-size=320'], import: ['--max-semi-space-size=16', '--max-old-space-size=256'] }

/** The flags for Node that go before the program. */
export const memoryFlags = command => ofCommand[command] ?? []
