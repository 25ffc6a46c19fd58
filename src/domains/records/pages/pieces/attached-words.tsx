import type { ReactNode } from 'react'
import type { Locale, Say } from '#platform/words.ts'
import type { MisreadWord } from '../../data/misread-words.data.ts'
import { explainWords } from '../../explain/explain-words.ts'
import { splitParagraphs } from '../../explain/split-paragraphs.ts'
import type { Attachment } from '../../read-attachment.ts'
import { ExplainedText, PrintedMeanings } from './explained-text.tsx'

/** The words of a document, letter for letter; misread words explained in place. HTML was made safe before it came here. `after` stands under each paragraph. */
export function AttachedWords({ attachment, own, locale, say, after }: { attachment: Attachment; own: readonly MisreadWord[]; locale: Locale; say: Say; after?: (part: string, index: number) => ReactNode }) {
  if (attachment.kind === 'text') {
    return (
      <>
        {splitParagraphs(attachment.text).map(({ words, gap, part }, index) => (
          <div key={index} className="rec-paragraph">
            <p className="as-written"><ExplainedText spans={explainWords(words, locale, own)} locale={locale} />{gap !== '' && <span className="rec-gap">{gap}</span>}</p>
            {after?.(part, index)}
          </div>
        ))}
        <PrintedMeanings text={attachment.text} own={own} locale={locale} say={say} />
      </>
    )
  }
  if (attachment.kind === 'html') return <div className="as-written" dangerouslySetInnerHTML={{ __html: attachment.html }} />
  return <p>{say('portal.notes.elsewhere')}</p>
}
