/** What `scripts/typefaces.ts` writes before anything is bundled: TrueType files in base64. */
declare module '#typefaces' {
  const typefaces: { readonly sans: readonly string[]; readonly mono: readonly string[] }
  export default typefaces
}
