/**
 * HTML that is safe to put into a page or mail. Made by `html` only: everything interpolated is escaped unless it is such
 * HTML itself, so a name typed by a stranger cannot become markup.
 */
export class Html {
  readonly #text: string
  private constructor(text: string) {
    this.#text = text
  }
  toString(): string {
    return this.#text
  }
  static of(strings: TemplateStringsArray, parts: readonly HtmlPart[]): Html {
    return new Html(strings.reduce((whole, string, index) => `${whole}${index > 0 ? textOf(parts[index - 1]) : ''}${string}`, ''))
  }
}

/** What may stand in `html`: text and numbers are escaped, lists are joined, null and false leave nothing. */
export type HtmlPart = string | number | Html | readonly HtmlPart[] | null | undefined | false

/** Markup from a template literal. Attributes must be quoted in the template: escaping covers both kinds of quotes. */
export const html = (strings: TemplateStringsArray, ...parts: HtmlPart[]): Html => Html.of(strings, parts)

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function textOf(part: HtmlPart): string {
  if (part === null || part === undefined || part === false) return ''
  if (part instanceof Html) return part.toString()
  if (Array.isArray(part)) return part.map((each: HtmlPart) => textOf(each)).join('')
  return String(part).replace(/[&<>"']/g, (character) => entities[character] ?? '')
}
