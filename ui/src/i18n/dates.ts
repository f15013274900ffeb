// Dates and moments in the reader's language.
import { type EdtfPoint, parseEdtf, utc } from "../dates/edtf";
import type { Language } from "./message";

export interface DateStyle {
  /** Name the weekday of a full date. */
  weekday?: boolean;
}

/** An EDTF expression in words; what cannot be read is shown as it is written. */
export function edtfInWords(text: string, language: Language, style: DateStyle = {}): string {
  const parsed = parseEdtf(text);
  if (parsed === null) return text;
  if (parsed.kind === "point") return pointInWords(parsed.point, language, style);
  const from = parsed.from && pointInWords(parsed.from, language, {});
  const to = parsed.to && pointInWords(parsed.to, language, {});
  if (language === "zh") return from && to ? `${from}至${to}` : from ? `${from}起` : `至${to}`;
  return from && to ? `${from} – ${to}` : from ? `from ${from}` : `until ${to}`;
}

function pointInWords(point: EdtfPoint, language: Language, style: DateStyle): string {
  const words = language === "zh" ? zh(point, style) : en(point, style);
  const time = point.time === null ? "" : ` ${point.time}`;
  const doubt = point.uncertain ? (language === "zh" ? "（存疑）" : " (?)") : "";
  const about = point.approximate ? (language === "zh" ? "约" : "c. ") : "";
  return about + words + time + doubt;
}

function zh({ year, month, day }: EdtfPoint, style: DateStyle): string {
  if (year.endsWith("XX")) return `${Number(year.slice(0, 2)) + 1}世纪`;
  if (year.endsWith("X")) return `${year.slice(0, 3)}0年代`;
  if (month === null) return `${Number(year)}年`;
  if (day === null) return `${Number(year)}年${month}月`;
  const date = `${Number(year)}年${month}月${day}日`;
  return style.weekday ? `${date} ${weekdayOf(year, month, day, "zh")}` : date;
}

function en({ year, month, day }: EdtfPoint, style: DateStyle): string {
  if (year.endsWith("XX")) return `${ordinal(Number(year.slice(0, 2)) + 1)} century`;
  if (year.endsWith("X")) return `${year.slice(0, 3)}0s`;
  if (month === null) return String(Number(year));
  const name = new Intl.DateTimeFormat("en-GB", { month: "long", timeZone: "UTC" }).format(
    utc(2000, month - 1, 1),
  );
  if (day === null) return `${name} ${Number(year)}`;
  const date = `${day} ${name} ${Number(year)}`;
  return style.weekday ? `${weekdayOf(year, month, day, "en")}, ${date}` : date;
}

function weekdayOf(year: string, month: number, day: number, language: Language): string {
  const locale = language === "zh" ? "zh-CN" : "en-GB";
  const options = { weekday: "long", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(locale, options).format(utc(Number(year), month - 1, day));
}

function ordinal(n: number): string {
  const tens = n % 100;
  const suffix = tens >= 11 && tens <= 13 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n}${suffix}`;
}

/** A moment (RFC 3339) in the local time zone, to the minute. */
export function momentInWords(text: string, language: Language): string {
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) return text;
  const locale = language === "zh" ? "zh-CN" : "en-GB";
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(moment);
}

/** Bytes in the unit that keeps the figure short. */
export function bytesInWords(bytes: number, language: Language): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let unit = 0;
  let figure = bytes;
  while (figure >= 1000 && unit < units.length - 1) {
    figure /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || figure >= 100 ? 0 : 1;
  const locale = language === "zh" ? "zh-CN" : "en-GB";
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(figure)} ${units[unit]}`;
}
