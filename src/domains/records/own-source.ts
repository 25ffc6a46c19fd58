/** What was written here is a source like any other, so that it is kept, shown, exported and released like the rest. */
export const ownSource = 'rapport'
