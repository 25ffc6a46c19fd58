import type { ExplainedResult } from '../../explain/explain-observation.ts'
import { ToneShape } from './marker-shape.tsx'

type Told = Pick<ExplainedResult, 'name' | 'meaning' | 'headline' | 'locale' | 'offer' | 'status' | 'statusWords'>

/** How a page of one result begins (D1): plain name, one sentence of meaning, then where it lies, in large type. `figures`: what comes first for whoever wants numbers first (A4). */
export function ResultHeadline({ result, level = 1, figures }: { result: Told; level?: 1 | 2 | 3; figures?: readonly string[] | undefined }) {
  const Heading = `h${level}` as const
  const { headline } = result
  return (
    <div className="rec-headline" lang={result.locale}>
      <Heading className="rec-name">{result.name}</Heading>
      {figures && <p className="rec-figures">{figures.map(figure => <span key={figure} className="nowrap">{figure} </span>)}</p>}
      {result.meaning && <p className="rec-meaning">{result.meaning}</p>}
      <p className={`rec-says rec-says-${headline.tone}`}>
        <ToneShape tone={headline.tone} />
        <span>{headline.text}</span>
      </p>
      {headline.detail && <p className="rec-detail">{headline.detail}</p>}
      {result.status === 'changed' && result.statusWords && <p className="rec-changed">{result.statusWords}</p>}
      {result.offer && <p className="rec-offer" lang="es">{result.offer}</p>}
    </div>
  )
}
