/** Joins the class names that hold; the rest fall out. Order does not matter: two classes never set the same property. */
export function cx(...names: Array<string | false | null | undefined>): string {
  return names.filter(Boolean).join(' ')
}
