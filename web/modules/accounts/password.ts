/** The least length of a password, in characters. */
export const passwordLengthMin = 10
const classesMin = 3

const classes = [/\p{Lowercase}/u, /\p{Uppercase}/u, /\p{Nd}/u, /[^\p{Lowercase}\p{Uppercase}\p{Nd}]/u]

/** What a password lacks before it is sent: length, or kinds of character; the server looks again, also for names. */
export function passwordLacks(password: string): 'short' | 'classes' | undefined {
  const text = password.normalize('NFC')
  if ([...text].length < passwordLengthMin) return 'short'
  return classes.filter((one) => one.test(text)).length < classesMin ? 'classes' : undefined
}
