import { expect } from 'vitest'
import { freshIp, PASSWORD } from './account-scene.ts'
import { asStranger, type Browser } from './scene.ts'

/** What a browser asks for. */
export const html = { Accept: 'text/html' }

/** A browser somewhere, on a page with a form. */
export class Somewhere {
  readonly browser: Browser = asStranger()
  readonly ip = freshIp()

  get(path: string): Promise<Response> {
    return this.browser.call(path, { headers: { ...html, 'CF-Connecting-IP': this.ip } })
  }

  post(path: string, form: Record<string, string>): Promise<Response> {
    return this.browser.call(path, { form, headers: { ...html, 'CF-Connecting-IP': this.ip } })
  }

  async signIn(email: string, password = PASSWORD): Promise<Response> {
    await this.get('/sign-in')
    return this.post('/sign-in', { email, password })
  }

  /** Where a page leads somebody who may see it: 200; where it does not: to the sign-in page. */
  async isIn(): Promise<boolean> {
    return (await this.get('/sessions')).status === 200
  }
}

/** A browser in which somebody signed in with its password, through the page. */
export async function signedInAs(email: string, password?: string): Promise<Somewhere> {
  const somewhere = new Somewhere()
  expect((await somewhere.signIn(email, password)).status).toBe(302)
  return somewhere
}
