/** A problem whose message is for the person at the keyboard: said without a stack. */
export class SaidPlainly extends Error { override name = 'SaidPlainly' }
