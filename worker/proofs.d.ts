/** Which tests carry which claim, made from the tests' own sources by the build; package.json's `imports` says where it lies. */
declare module '#proofs' {
  const proofs: Readonly<Record<string, readonly { readonly title: string; readonly file: string }[]>>
  export default proofs
}
