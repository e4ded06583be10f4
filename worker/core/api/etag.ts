import { sha256Hex } from '../vault/digest.ts'

/** The entity tag of a body without a version of its own, quotes not included: another byte, another tag. */
export const tagOf = (body: unknown): Promise<string> => tagOfText(JSON.stringify(body))

/** As `tagOf`, of a body that is text already. */
export const tagOfText = async (text: string): Promise<string> => (await sha256Hex(text)).slice(0, 32)
