/** Wakes forms that ask for a passkey: the browser's own part does the work, the form carries the answer. */
type WithJson = typeof PublicKeyCredential & {
  parseCreationOptionsFromJSON?: (json: unknown) => PublicKeyCredentialCreationOptions
  parseRequestOptionsFromJSON?: (json: unknown) => PublicKeyCredentialRequestOptions
}

export function wakePasskeys(forms: Iterable<HTMLFormElement>): void {
  const credential = window.PublicKeyCredential as WithJson | undefined
  if (!credential?.parseCreationOptionsFromJSON || !credential.parseRequestOptionsFromJSON) return
  for (const form of forms) {
    form.hidden = false
    form.addEventListener('submit', event => {
      const response = form.elements.namedItem('response') as HTMLInputElement
      if (response.value) return
      event.preventDefault()
      void ask(credential, form).then(answer => {
        const refused = form.querySelector<HTMLElement>('[data-refused]')
        if (refused) refused.hidden = Boolean(answer)
        if (!answer) return
        response.value = JSON.stringify(answer)
        form.submit()
      })
    })
  }
}

/** The browser's answer, or undefined when the person thought better of it. */
async function ask(credential: WithJson, form: HTMLFormElement): Promise<unknown> {
  const options: unknown = JSON.parse(form.dataset.options ?? '{}')
  try {
    const made = form.dataset.passkey === 'create'
      ? await navigator.credentials.create({ publicKey: credential.parseCreationOptionsFromJSON!(options) })
      : await navigator.credentials.get({ publicKey: credential.parseRequestOptionsFromJSON!(options) })
    return (made as (PublicKeyCredential & { toJSON(): unknown }) | null)?.toJSON()
  } catch {
    return undefined
  }
}
