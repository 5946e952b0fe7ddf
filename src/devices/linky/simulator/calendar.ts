import { hashUnit } from '../../../simulation/random.ts'
import { CONTACT, type ProfileBlock } from './day-profile.ts'
import { type LegalTime, legalTime } from './legal-time.ts'

/** The colours of Tempo as the status register numbers them. */
export const COLOUR = { none: 0, blue: 1, white: 2, red: 3 } as const
export type Colour = (typeof COLOUR)[keyof typeof COLOUR]

/** What is charged at a moment. */
export interface Period {
  /** `PTEC` of mode historique. */
  readonly ptec: string
  /** `LTARF` of mode standard. */
  readonly name: string
  /** Supplier index that counts, from 1. */
  readonly index: number
  readonly isOffPeak: boolean
}

/** A contract's hours. */
export interface Calendar {
  /** `OPTARIF` of mode historique. */
  readonly optarif: string
  /** `NGTF` of mode standard. */
  readonly name: string
  /** Labels of the indexes in mode historique, by supplier index. */
  readonly indexLabels: readonly string[]
  /** When the water heater may start. */
  readonly waterHeaterMinute: number
  periodAt(atMs: number): Period
  /** Colours of today and tomorrow, `none` where the contract has no colours or nothing is announced. */
  coloursAt(atMs: number): { readonly today: Colour; readonly tomorrow: Colour }
  /** True while a mobile peak is announced and has not begun (EJP). */
  isPeakNoticeAt(atMs: number): boolean
  /** The profile of a day of this colour. */
  profile(colour: Colour): readonly ProfileBlock[]
}

const minuteOf = (hour: number, minute = 0) => hour * 60 + minute
const colourless = () => ({ today: COLOUR.none, tomorrow: COLOUR.none })
const noNotice = () => false

/** One price all day. */
export function baseCalendar(): Calendar {
  const period: Period = { ptec: 'TH..', name: 'BASE', index: 1, isOffPeak: false }
  return {
    optarif: 'BASE',
    name: 'BASE',
    indexLabels: ['BASE'],
    waterHeaterMinute: minuteOf(23),
    periodAt: () => period,
    coloursAt: colourless,
    isPeakNoticeAt: noNotice,
    profile: () => [{ fromMinute: 0, index: 1, contact: CONTACT.open }],
  }
}

const OFF_PEAK_FROM = minuteOf(22, 30)
const OFF_PEAK_TO = minuteOf(6, 30)

/** Off-peak hours from 22:30 to 6:30. */
export function offPeakCalendar(): Calendar {
  const offPeak: Period = { ptec: 'HC..', name: 'HEURE CREUSE', index: 1, isOffPeak: true }
  const peak: Period = { ptec: 'HP..', name: 'HEURE PLEINE', index: 2, isOffPeak: false }
  return {
    optarif: 'HC..',
    name: 'H PLEINE/CREUSE',
    indexLabels: ['HCHC', 'HCHP'],
    waterHeaterMinute: OFF_PEAK_FROM,
    periodAt: atMs => (isBetween(legalTime(atMs).minuteOfDay, OFF_PEAK_FROM, OFF_PEAK_TO) ? offPeak : peak),
    coloursAt: colourless,
    isPeakNoticeAt: noNotice,
    profile: () => [
      { fromMinute: 0, index: 1, contact: CONTACT.closed },
      { fromMinute: OFF_PEAK_TO, index: 2, contact: CONTACT.open },
      { fromMinute: OFF_PEAK_FROM, index: 1, contact: CONTACT.closed },
    ],
  }
}

const NOTICE_AFTER_MS = 6000
const NOTICE_MS = 30 * 60_000
const MOBILE_PEAK_MS = 18 * 3_600_000

/** Mobile peaks: notice six seconds after the start, half an hour of it, then the peak of 18 hours. */
export function mobilePeakCalendar(startAt: number): Calendar {
  const normal: Period = { ptec: 'HN..', name: 'HEURE NORMALE', index: 1, isOffPeak: true }
  const peak: Period = { ptec: 'PM..', name: 'POINTE MOBILE', index: 2, isOffPeak: false }
  const noticeFrom = startAt + NOTICE_AFTER_MS
  const peakFrom = noticeFrom + NOTICE_MS
  return {
    optarif: 'EJP.',
    name: 'EJP',
    indexLabels: ['EJPHN', 'EJPHPM'],
    waterHeaterMinute: minuteOf(23),
    periodAt: atMs => (isBetween(atMs, peakFrom, peakFrom + MOBILE_PEAK_MS) ? peak : normal),
    coloursAt: colourless,
    isPeakNoticeAt: atMs => isBetween(atMs, noticeFrom, peakFrom),
    profile: () => [{ fromMinute: 0, index: 1, contact: CONTACT.unchanged }],
  }
}

const TEMPO_DAY_FROM = minuteOf(6)
const TEMPO_NIGHT_FROM = minuteOf(22)
const ANNOUNCED_FROM = minuteOf(20)
const COLOUR_LETTERS = ['B', 'B', 'W', 'R'] as const
const COLOUR_WORDS = ['BLEU', 'BLEU', 'BLANC', 'ROUGE'] as const

/** Six prices by colour of the day; a day of Tempo lasts from 6:00 to 6:00, its colour is announced at 20:00. */
export function tempoCalendar(seed: number): Calendar {
  const periods = [COLOUR.blue, COLOUR.white, COLOUR.red].flatMap(colour => [
    tempoPeriod(colour, true),
    tempoPeriod(colour, false),
  ])
  const colours = (time: LegalTime) => {
    const day = tempoDay(time)
    const isAnnounced = isBetween(time.minuteOfDay, ANNOUNCED_FROM, TEMPO_DAY_FROM)
    return { today: colourOf(seed, day), tomorrow: isAnnounced ? colourOf(seed, day + 1) : COLOUR.none }
  }
  return {
    optarif: 'BBR(',
    name: 'TEMPO',
    indexLabels: ['BBRHCJB', 'BBRHPJB', 'BBRHCJW', 'BBRHPJW', 'BBRHCJR', 'BBRHPJR'],
    waterHeaterMinute: TEMPO_NIGHT_FROM,
    periodAt(atMs) {
      const time = legalTime(atMs)
      const isNight = isBetween(time.minuteOfDay, TEMPO_NIGHT_FROM, TEMPO_DAY_FROM)
      const period = periods[2 * (colours(time).today - 1) + (isNight ? 0 : 1)]
      return period ?? tempoPeriod(COLOUR.blue, isNight)
    },
    coloursAt: atMs => colours(legalTime(atMs)),
    isPeakNoticeAt: noNotice,
    profile(colour) {
      const night = 2 * Math.max(colour, COLOUR.blue) - 1
      return [
        { fromMinute: TEMPO_DAY_FROM, index: night + 1, contact: CONTACT.byTempo },
        { fromMinute: TEMPO_NIGHT_FROM, index: night, contact: CONTACT.byTempo },
      ]
    },
  }
}

function tempoPeriod(colour: Colour, isNight: boolean): Period {
  const hours = isNight ? 'HC' : 'HP'
  return {
    ptec: `${hours}J${COLOUR_LETTERS[colour]}`,
    name: `${hours} ${COLOUR_WORDS[colour]}`,
    index: 2 * colour - (isNight ? 1 : 0),
    isOffPeak: isNight,
  }
}

/** The day whose colour counts: before 6:00 it is the day before. */
function tempoDay({ dayNumber, minuteOfDay }: LegalTime): number {
  return minuteOfDay < TEMPO_DAY_FROM ? dayNumber - 1 : dayNumber
}

/** Red and white come in winter, red never on a weekend; the counts of a year come out about right. */
function colourOf(seed: number, dayNumber: number): Colour {
  const date = new Date(dayNumber * 86_400_000)
  const isWinter = date.getUTCMonth() >= 10 || date.getUTCMonth() <= 2
  const isWeekend = date.getUTCDay() === 0 || date.getUTCDay() === 6
  const chance = hashUnit(seed, dayNumber, 7)
  if (isWinter && !isWeekend && chance < 0.2) return COLOUR.red
  return chance < (isWinter ? 0.42 : 0.06) ? COLOUR.white : COLOUR.blue
}

/** From `from` up to but not including `to`; round midnight where `to` is the smaller. */
function isBetween(value: number, from: number, to: number): boolean {
  return from <= to ? value >= from && value < to : value >= from || value < to
}
