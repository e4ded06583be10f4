/** Longest password accepted; nothing is ever cut (ASVS 6.2.8). */
export const PASSWORD_MAX = 256
/** Shortest one where a second factor is set up (NIST SP 800-63B-4 §3.1.1.2). */
export const PASSWORD_MIN_WITH_FACTOR = 8

/** Words that say nothing secret here, whoever signs in. */
const OUR_WORDS = ['countersign', 'password', 'passwort', 'contraseña']

/**
 * Why a password is refused, as a sentence for beside the field, or null. Length, a list of common passwords and words that
 * stand on the page anyway; no rules about kinds of characters (NIST SP 800-63B-4, ASVS 6.2).
 * `words`: the person's own name and address, the tenant's name.
 */
export async function refusedPassword(password: string, terms: { min: number; words: readonly string[] }): Promise<string | null> {
  const spelled = password.normalize('NFC')
  const length = [...spelled].length
  if (length < terms.min) return `Use at least ${terms.min} characters. A few words in a row are easy to remember.`
  if (length > PASSWORD_MAX) return `Use at most ${PASSWORD_MAX} characters.`
  const lower = spelled.toLowerCase()
  if (isRepeated(lower)) return 'This repeats itself. Choose something less regular.'
  if (withoutWords(lower, terms.words).length < 8) return 'This is mostly your name, your address or ours. Choose something nobody could read off the page.'
  if (await isCommon(lower)) return 'This is one of the passwords that attackers try first. Choose another.'
  return null
}

/** One short unit over and over, or one run of neighbouring characters. */
function isRepeated(text: string): boolean {
  if (/^(.{1,8}?)\1+$/su.test(text)) return true
  const codes = [...text].map((char) => char.codePointAt(0) ?? 0)
  const steps = codes.slice(1).map((code, at) => code - (codes[at] ?? 0))
  return steps.every((step) => step === 1) || steps.every((step) => step === -1)
}

/** What is left when the words that everybody knows are struck out. */
function withoutWords(lower: string, words: readonly string[]): string {
  const known = [...OUR_WORDS, ...words.flatMap((word) => word.toLowerCase().split(/[^\p{L}\p{N}]+/u))].filter((word) => word.length >= 4)
  return known.toSorted((a, b) => b.length - a.length).reduce((left, word) => left.replaceAll(word, ''), lower)
}

/** Loaded when first asked: unpacking the list costs start-up time that most requests need not pay. */
async function isCommon(lower: string): Promise<boolean> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  const core = lower.replace(/[\d\W_]+$/u, '')
  return dictionary['passwords-common'].some((common) => common === lower || (common.length >= 6 && common === core))
}
