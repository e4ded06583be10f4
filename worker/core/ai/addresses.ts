import { spansOf, type Span } from './span.ts'

const start = String.raw`(?<![\p{L}\p{N}.,$-])`
const end = String.raw`(?![\p{L}\p{N}])`
const direction = String.raw`(?:(?:north|south|east|west)(?:east|west)?|[nsew]|[ns][ew])`
const house = String.raw`\d{1,6}(?:-\d{1,4})?[a-z]?(?:\s1/2)?`
const ordinal = String.raw`\d{1,3}(?:st|nd|rd|th)`
const word = String.raw`(?:\p{L}[\p{L}\p{M}.'’-]{0,30}|${ordinal})`

/** What a street is called by (USPS Publication 28, appendix C1), as far as people say it. */
const suffix = 'street|str?|avenue|ave?|boulevard|blvd|road|rd|drive|dr|lane|ln|court|ct|place|pl|terrace|ter|circle|cir|parkway|pkwy|square|sq|trail|trl|way|highway|hwy|alley|plaza|crescent|loop|path|pike|turnpike|expressway|ridge|crossing|cove|point|row|run|walk|hollow|landing|manor|meadows?|heights|hill|bend|mews|quay|wharf'
const street = new RegExp(`${start}${house},?\\s(?:${direction}\\.?\\s)?(?:${word}\\s){1,4}?(?:${suffix})\\b\\.?(?:\\s${direction}${end}\\.?)?`, 'gdiu')
const oneWord = new RegExp(`${start}${house}\\s(?:${direction}\\.?\\s)?(?:broadway|bowery|(?:(?:state|county|us|u\\.s\\.)\\s)?(?:highway|hwy|route|rte|road|farm road|fm)\\s\\d{1,4})${end}`, 'gdiu')
const postBox = new RegExp(`${start}(?:p\\.?\\s?o\\.?\\s?|post office )box\\s(?:number\\s)?\\d{1,7}${end}`, 'gdiu')

const states = 'Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|West Virginia|Wisconsin|Wyoming|Puerto Rico'
const short = 'AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC|PR'
const zip = String.raw`\d{5}(?:-\d{4})?(?!\d)`
const city = String.raw`\p{Lu}[\p{L}.'’-]{1,30}(?:\s\p{Lu}[\p{L}.'’-]{1,30}){0,2}`
const unit = /^,?\s(?:(?:apartment|apt|suite|ste|unit|floor|fl|room|rm|building|bldg|lot)\.?\s#?[\p{L}\p{N}-]{1,6}|#\s?[\p{L}\p{N}-]{1,6})(?![\p{L}\p{N}])/iu
/** City, state and ZIP after a street. In small letters only where a state's whole name stands there: `in`, `or` and `me` are words. */
const place = new RegExp(`^(?:,?\\s(?:in\\s)?${city})?,?\\s(?:${states}|${short})(?![\\p{L}\\p{N}])(?:,?\\s${zip})?`, 'u')
const spokenPlace = new RegExp(`^,?\\s(?:in\\s)?(?:\\p{L}{2,20}\\s){0,3}(?:${states})(?![\\p{L}\\p{N}])(?:,?\\s${zip})?`, 'iu')
const cityOnly = new RegExp(`^,\\s${city}(?![\\p{L}\\p{N}])`, 'u')
const zipOnly = new RegExp(`^,?\\s${zip}`, 'u')
const placeWithZip = new RegExp(`(?<![\\p{L}\\p{N}])${city},?\\s(?:${states}|${short}),?\\s${zip}`, 'gdu')

/** Words that stand between a number and a street without being its name: "5 minutes down the road", "2 blocks from the court". */
const between = new Set('the a an this that my your our his her their of on in at to from by for and or but is was are were it i we you he she they down up off along into near miles mile minutes minute blocks block hours days weeks months years dollars bucks kids people cars times percent more less each every other same wrong both bad good private dirt gravel main one two'.split(' '))

/** Whether it is somebody's: the street has a name, in capitals, or one or two words of it in small letters as a transcript writes them. */
function isNamed(found: string): boolean {
  const name = found.replace(/^\S+\s/u, '').split(/\s/u).slice(0, -1)
  if (name.some((part) => between.has(part.toLowerCase()) && !/^\p{Lu}/u.test(part))) return false
  return name.every((part) => /^[\p{Lu}\d]/u.test(part)) || name.length <= 2
}

/** Street addresses of the US with whatever of unit, city, state and ZIP follows, post office boxes, and a city with its ZIP. A ZIP alone names nobody. */
export function addresses(text: string): Span[] {
  const heads = [...spansOf('ADDRESS', text, street, isNamed), ...spansOf('ADDRESS', text, oneWord), ...spansOf('ADDRESS', text, postBox)]
  return [...heads.map(({ kind, from, to }): Span => ({ kind, from, to: withPlace(text, to) })), ...spansOf('ADDRESS', text, placeWithZip)]
}

function withPlace(text: string, to: number): number {
  const after = (at: number, pattern: RegExp): number => at + (pattern.exec(text.slice(at, at + 120))?.[0].length ?? 0)
  const ofUnit = after(to, unit)
  const ofPlace = Math.max(after(ofUnit, place), after(ofUnit, spokenPlace), after(ofUnit, cityOnly))
  return after(ofPlace, zipOnly)
}
