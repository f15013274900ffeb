// The words on the axis.
import type { Language } from "../../i18n/message";
import type { Tick } from "./scale";

/** A tick as short as it can be: the larger unit is said where it begins. */
export function tickInWords({ at, unit, major }: Tick, language: Language): string {
  const day = new Date(at);
  const year = String(day.getUTCFullYear());
  if (unit === "year") return year;
  if (unit === "month") {
    if (major) return language === "zh" ? `${year}年` : year;
    return monthName(day, language);
  }
  if (!major) return String(day.getUTCDate());
  if (day.getUTCMonth() === 0) return language === "zh" ? `${year}年1月` : `Jan ${year}`;
  return monthName(day, language);
}

function monthName(day: Date, language: Language): string {
  if (language === "zh") return `${day.getUTCMonth() + 1}月`;
  return new Intl.DateTimeFormat("en-GB", { month: "short", timeZone: "UTC" }).format(day);
}
