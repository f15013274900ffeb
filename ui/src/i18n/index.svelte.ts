// The interface in two languages: one catalogue, chosen by a signal, so that a switch redraws every word.
import { remember, remembered } from "../state/remembered";
import { type DateStyle, bytesInWords, edtfInWords, momentInWords } from "./dates";
import { catalogue } from "./catalogue";
import { type Language, type Places, type Values, fill, numberInWords } from "./message";

export type { Language } from "./message";

type Catalogue = typeof catalogue;
export type Key = keyof Catalogue;
/** Keys of messages without places. */
export type PlainKey = {
  [K in Key]: [Places<Catalogue[K]["zh"]> | Places<Catalogue[K]["en"]>] extends [never] ? K : never;
}[Key];

let language = $state<Language>(chosen());

function chosen(): Language {
  const stored = remembered("language");
  if (stored === "zh" || stored === "en") return stored;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

export function currentLanguage(): Language {
  return language;
}

export function setLanguage(next: Language) {
  language = next;
  remember("language", next);
}

/** The message in the current language. */
export function t<K extends Key>(
  key: K,
  ...values: K extends PlainKey ? [] : [Values<Catalogue[K]>]
): string {
  return fill(catalogue[key][language], values[0] ?? {}, language);
}

/** A date of the archive (EDTF) in words; a missing one says so. */
export function date(edtf: string | null | undefined, style?: DateStyle): string {
  return edtf ? edtfInWords(edtf, language, style) : t("date.unknown");
}

/** A moment of work (RFC 3339), in local time. */
export function moment(rfc3339: string): string {
  return momentInWords(rfc3339, language);
}

export function number(value: number): string {
  return numberInWords(value, language);
}

export function bytes(value: number): string {
  return bytesInWords(value, language);
}

/** Time that work still takes, in words; empty where it is not known. */
export function timeLeft(seconds: number | null): string {
  if (seconds === null) return "";
  return seconds < 90
    ? t("status.secondsLeft", { n: Math.max(1, seconds) })
    : t("status.minutesLeft", { n: Math.round(seconds / 60) });
}
