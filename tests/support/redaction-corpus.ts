import type { Kind } from '../../worker/core/ai/span.ts'
import { randomFrom } from './figures.ts'

/**
 * What people say to an insurance agency, 500 sentences: 300 with one thing each that must not leave, labelled, and 200
 * with none. Numbers are drawn from one fixed start and are nobody's; sentences, names and spellings are ours.
 */
export type Sentence = { readonly text: string; readonly gold: { readonly kind: Kind; readonly value: string; readonly format: string } | null }

/** Whom the agency knows. Some are called as everyday words are. */
export const contacts = ['Casey Canary', 'José Álvarez', 'Maria Delgado-Ruiz', 'William May', 'Grant Page', 'Siobhán O’Brien', 'Wei Li', 'Ruth Jones', 'Łukasz Nowak', 'Faith Price', 'Anne-Marie Dubois', 'DeShawn Washington']

const random = randomFrom(20_261_127)
const below = (limit: number) => Math.floor(random() * limit)
const digits = (count: number) => Array.from({ length: count }, () => below(10)).join('')
const upTo = (least: number, most: number) => least + below(most - least + 1)
const two = (number: number) => String(number).padStart(2, '0')

/** The number with the last digit that makes it pass Luhn after `prefix`. */
function checked(number: string, prefix = ''): string {
  const sum = [...`${prefix}${number}0`].toReversed().map(Number).reduce((total, digit, at) => total + (at % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)), 0)
  return number + String((10 - (sum % 10)) % 10)
}

type Format = readonly [format: string, write: () => string]

const area = () => ['212', '415', '512', '617', '702', '813'][below(6)] ?? '212'
const us = (write: (area: string, office: string, line: string) => string) => () => write(area(), `${upTo(2, 9)}${digits(2)}`, digits(4))
const phones: readonly Format[] = [
  ['E.164', us((a, o, l) => `+1${a}${o}${l}`)], ['E.164 spaced', us((a, o, l) => `+1 ${a} ${o} ${l}`)], ['parentheses', us((a, o, l) => `(${a}) ${o}-${l}`)], ['hyphens', us((a, o, l) => `${a}-${o}-${l}`)], ['dots', us((a, o, l) => `${a}.${o}.${l}`)],
  ['bare', us((a, o, l) => `${a}${o}${l}`)], ['trunk 1', us((a, o, l) => `1-${a}-${o}-${l}`)], ['spaces', us((a, o, l) => `${a} ${o} ${l}`)], ['extension', us((a, o, l) => `(${a}) ${o}-${l} x${upTo(10, 999)}`)], ['abroad', () => `+44 20 7946 0${digits(3)}`],
]

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const born = (write: (year: number, month: number, day: number) => string) => () => write(upTo(1936, 2004), upTo(1, 12), upTo(1, 28))
const birthdays: readonly Format[] = [
  ['03/14/1985', born((y, m, d) => `${two(m)}/${two(d)}/${y}`)], ['3-14-85', born((y, m, d) => `${m}-${d}-${two(Math.max(40, y % 100))}`)], ['1985-03-14', born((y, m, d) => `${y}-${two(m)}-${two(d)}`)], ['March 14, 1985', born((y, m, d) => `${months[m - 1]} ${d}, ${y}`)],
  ['14 March 1985', born((y, m, d) => `${d} ${months[m - 1]} ${y}`)], ['Mar 14th 1985', born((y, m, d) => `${months[m - 1]?.slice(0, 3)} ${d}th ${y}`)], ['14-Mar-1985', born((y, m, d) => `${two(d)}-${months[m - 1]?.slice(0, 3)}-${y}`)], ['03.14.1985', born((y, m, d) => `${two(m)}.${two(d)}.${y}`)],
]

const mailbox = ['casey.canary', 'jose_alvarez', 'maria+home', 'w.may', 'grant-page77', 'office'] as const
const host = ['example.com', 'mail.example.org', 'delgado-ruiz.example.net', 'example.co.uk'] as const
const at = <T>(list: readonly T[]): T => list[below(list.length)] as T

/** How each kind is written, and in what sentences. `{}` is where it stands. */
const labelled: Readonly<Record<Exclude<Kind, 'NAME' | 'NUMBER' | 'ADDRESS'>, { readonly formats: readonly Format[]; readonly sentences: readonly string[] }>> = {
  EMAIL: {
    formats: [['plain', () => `${at(mailbox)}${upTo(1, 999)}@${at(host)}`], ['capitals', () => `${at(mailbox)}${upTo(1, 999)}@${at(host)}`.toUpperCase()], ['spoken', () => `${at(['casey', 'maria', 'grant'])} dot ${at(['canary', 'delgado', 'page'])} ${upTo(1, 99)} at example dot com`.replace(/ (?=\d)/, '')]],
    sentences: ['You can send the declarations page to {}.', 'My new e-mail is {}, please change it.', 'Could you forward that quote to {}?', 'I never got it, I use {} these days.', 'Reply to {} when the binder is ready.', 'It bounced, the address on file is {}.'],
  },
  PHONE: { formats: phones, sentences: ['You can reach me at {} after five.', 'Call me back on {} please.', 'My husband’s cell is {}.', 'The body shop’s number is {}, ask for the manager.', 'I’m calling from {} because mine is broken.', 'Text {} when it’s done.'] },
  SSN: {
    formats: [['hyphens', () => `${upTo(100, 665)}-${two(upTo(1, 99))}-${upTo(1000, 9999)}`], ['spaces', () => `${upTo(100, 665)} ${two(upTo(1, 99))} ${upTo(1000, 9999)}`], ['bare', () => `${upTo(100, 665)}${two(upTo(1, 99))}${upTo(1000, 9999)}`]],
    sentences: ['My social is {}.', 'The social security number is {}, do you need it again?', 'They asked for her SSN, it’s {}.', 'It’s {}, and the account is in both our names.', 'Put down {} for the credit check.', 'I think you have {} on file for me.'],
  },
  CARD: {
    formats: [['visa', () => checked(`4${digits(14)}`)], ['spaced', () => checked(`5${digits(14)}`).replace(/(\d{4})(?=\d)/g, '$1 ')], ['hyphens', () => checked(`4${digits(14)}`).replace(/(\d{4})(?=\d)/g, '$1-')], ['amex', () => checked(`37${digits(12)}`).replace(/^(\d{4})(\d{6})/, '$1 $2 ')]],
    sentences: ['Use the card ending the same, {}.', 'The card number is {} and it expires next spring.', 'Charge it to {} please.', 'I’d rather pay with {}.', 'Visa, {}, that’s the one.', 'Take {} off autopay.'],
  },
  POLICY: {
    formats: [['HO-1234567', () => `HO-${digits(7)}`], ['AUT-2026-12345', () => `AUT-${upTo(2018, 2026)}-${digits(5)}`], ['letters joined', () => `PLX${digits(8)}`], ['bare', () => `${upTo(1, 9)}${digits(6)}`]],
    sentences: ['My policy number is {}.', 'It’s about policy {}, the homeowners one.', 'The policy # on the card says {}.', 'Please cancel policy no. {} at the end of the month.', 'I have the policy in front of me, policy number {}.', 'Can you look up policy number {} for me?'],
  },
  LICENCE: {
    formats: [['D1234567', () => `D${digits(7)}`], ['bare', () => `${upTo(1, 9)}${digits(7)}`], ['groups', () => `S${digits(3)}-${digits(4)}-${digits(4)}`], ['agent', () => `0${upTo(10, 99)}${digits(4)}`]],
    sentences: ['My driver’s license is {}.', 'The license number is {}, Texas.', 'Her licence is {} and it was renewed last year.', 'He’s an agent, license # {}.', 'DL {} if the carrier asks.', 'Her nursing license number is {}.'],
  },
  NPI: { formats: [['bare', () => checked(`1${digits(8)}`, '80840')]], sentences: ['The doctor’s NPI is {}.', 'NPI {}, she bills under it.', 'Use {} as the clinic’s NPI.', 'The referral lists {} and a fax.', 'National provider identifier {}.', 'Under NPI number {} they should find him.'] },
  NPN: { formats: [['seven', () => `${upTo(1, 9)}${digits(6)}`], ['eight', () => `1${digits(7)}`], ['ten', () => `${upTo(2, 9)}${digits(9)}`]], sentences: ['My NPN is {}.', 'His national producer number is {}.', 'NPN: {}, resident in Ohio.', 'You’ll find me under {}, that’s my NPN.', 'The carrier wants an NPN, it’s {}.', 'Put NPN {} on the appointment form.'] },
  DOB: { formats: birthdays, sentences: ['My date of birth is {}.', 'She was born {} in Ohio.', 'DOB {}.', 'My daughter’s birthday is {}, she just got her permit.', 'It’s {}, and I have no accidents.', 'The second driver is my son, {}.'] },
}

/** A name, as it may come. `whole`: forms of both parts; the others of one. */
const bends: readonly (readonly [string, (given: string, family: string) => string])[] = [
  ['whole', (g, f) => `${g} ${f}`], ['lower', (g, f) => `${g} ${f}`.toLowerCase()], ['upper', (g, f) => `${g} ${f}`.toUpperCase()], ['possessive', (g) => `${g}’s`], ['possessive of both', (g, f) => `${g} ${f}'s`], ['plural', (_, f) => (f.endsWith('s') ? `${f}es` : `${f}s`)],
  ['plural possessive', (_, f) => `${f.endsWith('s') ? f : `${f}s`}’`], ['family first', (g, f) => `${f}, ${g}`], ['initial first', (g, f) => `${g[0]}. ${f}`], ['initial last', (g, f) => `${g} ${f[0]}.`], ['without accents', (g, f) => `${g} ${f}`.normalize('NFD').replace(/\p{M}/gu, '').replace('Ł', 'L')], ['decomposed', (g, f) => `${g} ${f}`.normalize('NFD')],
]
const named = ['This is {} calling about the renewal.', 'Is that still under {} or both of us?', 'I spoke to {} about it on Monday.', 'The car is in {} name, not mine.', 'Please tell {} that we called.', 'The check was made out to {} by mistake.', 'We had {} down as the second driver.']

/** José Álvarez and Siobhán O’Brien, for the last two. */
const withAccents = [1, 5]

const names = bends.flatMap(([format, bend], row) =>
  [0, 1, 2].slice(0, row < 6 ? 3 : 2).map((column): Sentence => {
    const [given = '', ...family] = (contacts[row < 10 ? (row * 5 + column * 7) % contacts.length : withAccents[column % 2] ?? 0] ?? '').split(' ')
    const value = bend(given, family.join(' '))
    return { text: (named[(row * 3 + column) % named.length] ?? '').replace('{}', value), gold: { kind: 'NAME', value, format } }
  }),
)

const patterned = Object.entries(labelled).flatMap(([kind, { formats, sentences }]) =>
  Array.from({ length: 30 }, (_, row): Sentence => {
    const [format, write] = formats[row % formats.length] as Format
    const value = write()
    // A step of its own for each round, so that every format meets several sentences.
    return { text: (sentences[(row + Math.floor(row / formats.length)) % sentences.length] ?? '').replace('{}', value), gold: { kind: kind as Kind, value, format } } // `as`: a key of the record
  }),
)

const asked: Readonly<Record<string, readonly string[]>> = {
  'The deductible would go from 500 to {} dollars.': ['1,000', '1500', '2,500', '750', '5000'],
  'The new policy starts on {} and runs for a year.': ['01/15/2027', 'January 1, 2027', '2026-12-01', 'the 3rd of March', '12/31/2026', 'Feb 1st'],
  'We drive a {} and a pickup.': ['2019 Toyota RAV4', '2021 Ford F-150', '2016 Honda CR-V', '2023 Tesla Model 3', '2011 Mazda 6'],
  'Our premium went up by {} this year.': ['12%', '$340', '8 percent', '$1,204.50', 'a third'],
  'Could you e-mail me the {} form?': ['ACORD 25', 'ACORD 125', 'W-9', 'SR-22', 'CMS-1500', '1095-B'],
  'The roof was replaced in {}.': ['2014', '2021', 'the spring', '1998', 'two thousand nineteen'],
  'We moved to zip code {} last month.': ['94107', '10001-4321', '60614', '78701'],
  'I’m free on {}.': ['Tuesday at 3', 'Monday between 9 and 11', 'Friday afternoon', 'May 3rd', 'the 14th at 10:30', 'any day in June'],
  'Liability is {} at the moment.': ['100/300/50', '250/500/100', '$1,000,000', '300,000 per accident', '25/50'],
  'The house has {}.': ['2,400 square feet', 'three bedrooms and 2 baths', 'a 20 year roof', '1,850 sq ft and a pool', 'copper wiring from 1987'],
  'It happened on {}, near the mall.': ['Route 66', 'I-35', 'Highway 101', '5th Avenue', 'Exit 24B'],
  'I have been with you for {}.': ['12 years', '18 months', 'about a decade', '3 renewals', 'six weeks'],
  'The quote was {} with the bundle.': ['$1,184 a year', '98.50 a month', '$212.75', '1,400 and change', '$3,018'],
  'They want {} in cash value life.': ['$250,000', '500k', 'half a million', '$1.5 million', '100000 dollars'],
  'I drive about {} miles a year.': ['7,500', '12000', '15 thousand', '9,800', '20,000'],
  'My appointment is at {}.': ['10:15', '2 pm', 'noon on the 4th', '08:30 tomorrow', 'half past four'],
}
const plain =
  `Will you call me back this afternoon?|I will think about it and let you know.|May I ask what that covers?|We may switch carriers next year.|Please read the last page of the declarations.|What price would that be without the rental?|I have faith that it will work out.|They said they would grant an extension.|Is windshield repair included?|Does it cover water backup?|My wife wants to know about flood insurance.|The adjuster has not called yet.|How long does a claim take?|I would like to add my son to the policy.|We sold the boat in the summer.|Can you explain the umbrella again?|The other driver ran a red light.|Nobody was hurt, thank God.|There is a dent in the rear bumper.|The kitchen flooded on Sunday night.|A tree fell on the fence.|I need proof of insurance for the bank.|The mortgage company wants a new binder.|We are refinancing and they need it by Friday.|Do I have roadside assistance?|I lost my wallet and the cards with it.|Is there a discount for good students?|The dog is a beagle, very calm.|We put in a new alarm system.|What happens if I pay the whole year?|I think the autopay failed.|Could you take me off paper bills?|Which doctors are in the network?|Is my pharmacy still covered?|My plan ends when I turn sixty-five.|Do I need part B as well?|We are comparing three carriers.|That sounds fair to me.|Let me talk to my husband first.|Thanks, that was very helpful.|The hail damaged two windows.|My neighbor had the same problem.|I was on hold for twenty minutes.|Can someone come out and take pictures?|The tow truck is on its way.|What is my liability if he sues?|I work from home now, does that matter?|The kids are away at college.|We rent the upstairs apartment.|Is jewelry covered if it is stolen?|The shop says it is totaled.|I want to lower my premium.|Please hold on one second.|I am looking at the letter right now.|It says the coverage lapsed.|That must be a mistake.|Who is the beneficiary at the moment?|I would like to change the beneficiary.|My mother passed away in March.|We got married last fall.|Is there a grace period?|The furnace is twenty years old.|Someone broke into the garage.|The police came and took a report.|Do you also write commercial?|We opened a small bakery.|How many employees are covered?|The van is only used on weekends.|I park it on the street.|She has never had a ticket.|He took a defensive driving course.|Could I skip a payment?|What does the endorsement say?|It excludes mold, as far as I can see.|The inspector comes on Thursday.|I did not get the renewal.|Let us keep it as it is.|Send it by mail, please.|I do not use the app.|The website keeps logging me out.|Can I pay over the phone?|We are traveling until next month.|Is a rental car covered in Canada?|How does the deductible work?|I thought it was per year.|The surgeon wants a second opinion.|They denied the claim twice.|I want to appeal that.|What do you recommend?|Go ahead and bind it.|That is all I needed.|Have a good weekend.|You too, goodbye.|Sorry, you are breaking up.|Let me find my glasses.|I wrote it down somewhere.|It is under the sink, I think.|We never had a loss before.|Does credit affect the rate?|I would rather not say.|Fine, put me down for the cheaper one.|When is the next payment due?|My agent used to call every spring.|Are you open on Saturdays?|I am in the parking lot of the store.|The baby was asleep in the back.|It was raining hard.|We have pictures of everything.|I kept all the receipts.|Nothing else was taken.|The landlord asked for a copy.|I hope that is everything.|Right, that makes sense.|No, the other car.|Yes, please do.|I am not sure about that.|What was your question again?|Is it worth it for such an old car?|We only have the basic package.|Could you spell that for me?|They raised it without telling us.|My accountant asked the same thing.|Okay, and the glass?|I will wait for your letter.|Just the two of us and the cat.|The trailer is not registered yet.|There is a gap in the coverage.|It stalled on the freeway.`.split('|')

const clean = [...Object.entries(asked).flatMap(([sentence, values]) => values.map((value) => sentence.replace('{}', value))), ...plain].slice(0, 200).map((text): Sentence => ({ text, gold: null }))

export const corpus: readonly Sentence[] = [...names, ...patterned, ...clean]
