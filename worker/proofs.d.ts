/** Which tests carry which claim and what came of them, made by the build; package.json's `imports` says where it lies. */
declare module '#proofs' {
  const proofs: import('./core/trust/proof.ts').Proofs
  export default proofs
}
