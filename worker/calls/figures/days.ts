import type { CallFigures, Period } from './contract.ts'
import type { DayRow } from './store.ts'

export const DAY_MS = 86_400_000

/** The first moment of a period that ends with today, in UTC. */
export const since = (now: number, period: Period): number => (Math.floor(now / DAY_MS) - Number(period) + 1) * DAY_MS

type Day = CallFigures['days'][number]

/** Every day of the period, those without calls too. */
export function daysOf(rows: readonly DayRow[], now: number, period: Period): Day[] {
  const first = since(now, period) / DAY_MS
  return Array.from({ length: Number(period) }, (_, at) => {
    const mine = rows.filter(({ day }) => day === first + at)
    return { day: new Date((first + at) * DAY_MS).toISOString().slice(0, 10), ...summed(mine) }
  })
}

/** The days together. */
export function totalsOf(days: readonly Day[], rows: readonly DayRow[]): CallFigures['totals'] {
  const total = (key: Exclude<keyof Day, 'day'>) => days.reduce((sum, each) => sum + each[key], 0)
  const inbound = summed(rows.filter(({ direction }) => direction === 'inbound'))
  const over = inbound.answered + inbound.unanswered
  return { inbound: total('inbound'), outbound: total('outbound'), messages: total('messages'), answered: total('answered'), unanswered: total('unanswered'), talkS: total('talkS'), answerRate: over === 0 ? null : inbound.answered / over }
}

function summed(rows: readonly DayRow[]): Omit<Day, 'day'> {
  const of = (holds: (row: DayRow) => boolean, value: (row: DayRow) => number = ({ n }) => n) => rows.filter(holds).reduce((sum, row) => sum + value(row), 0)
  const spoken = ({ outcome }: DayRow) => outcome === 'answered'
  return {
    inbound: of(({ direction, outcome }) => direction === 'inbound' && outcome !== 'message'),
    outbound: of(({ direction, outcome }) => direction === 'outbound' && outcome !== 'message'),
    messages: of(({ outcome }) => outcome === 'message'),
    answered: of(spoken),
    unanswered: of(({ outcome }) => outcome === 'missed' || outcome === 'voicemail'),
    talkS: of(spoken, ({ talkS }) => talkS),
  }
}
