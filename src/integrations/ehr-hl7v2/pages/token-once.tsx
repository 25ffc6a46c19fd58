import type { Config } from '#platform/config.ts'
import { baseOf } from '#platform/place.ts'
import { LinkButton } from '#ui/button.tsx'
import { Notice } from '#ui/notice.tsx'
import { Facts, PageHead } from '#ui/things.tsx'

/** A token, this once: what is kept of it is its hash. */
export function TokenOnce({ source, id, token, config }: { source: string; id: string; token: string; config: Config }) {
  const at = baseOf(config, 'site')
  return (
    <>
      <PageHead title={source} lead="May send from now on." back={{ href: '/console/feeds', words: 'Systems that send' }} />
      <Notice tone="notice" title="The token is shown this once.">Give it to whoever runs the sender, by a safe way. If it is lost, make a new one.</Notice>
      <Facts isStacked items={[
        { term: 'Token', words: <code>{token}</code> }, { term: 'HL7 v2 over HTTPS', words: <code>{`POST ${at}/hooks/hl7/${source}`}</code> }, { term: 'FHIR over HTTPS', words: <code>{`POST ${at}/hooks/fhir/${source}`}</code> },
        { term: 'With each', words: <code>Authorization: Bearer …</code> },
      ]} />
      <p><LinkButton href={`/console/feeds/senders/${id}`}>I have it</LinkButton></p>
    </>
  )
}
