import type { Locale, Say } from '#platform/words.ts'
import { explainWords } from '../../explain/explain-words.ts'
import type { Attachment } from '../../read-attachment.ts'
import { ExplainedText } from './explained-text.tsx'

/** The words of a document, letter for letter; misread words explained in place. HTML was made safe before it came here. */
export function AttachedWords({ attachment, locale, say }: { attachment: Attachment; locale: Locale; say: Say }) {
  if (attachment.kind === 'text') {
    return <>{attachment.text.split(/\n{2,}/).map((paragraph, index) => <p key={index} className="as-written"><ExplainedText spans={explainWords(paragraph, locale)} locale={locale} /></p>)}</>
  }
  if (attachment.kind === 'html') return <div className="as-written" dangerouslySetInnerHTML={{ __html: attachment.html }} />
  return <p>{say('portal.notes.elsewhere')}</p>
}
