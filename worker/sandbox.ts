/** The sandbox: the production Worker. Clock and stand-ins are wrapped around it here. */
export * from './index.ts'
export { default } from './index.ts'
