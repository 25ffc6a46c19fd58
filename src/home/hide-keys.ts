/** A web address beyond its host, a code in groups of four, or six figures alone: each may open an account that is not the reader's. */
const keys = /(https?:\/\/[^\s/]+\/)\S+|\b[A-Z2-9]{4}(?:[-\s][A-Z2-9]{4}){2,}\b|(?<![\d-])\d{6}(?![\d-])/g

/** The words of a mail without what opens something. */
export const hideKeys = (text: string): string => text.replace(keys, (_, origin: string | undefined) => (origin ? `${origin}…` : '…'))
