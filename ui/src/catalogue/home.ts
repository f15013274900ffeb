import type { Home } from "../api/types/Home";

/**
 * A typed home district in its parts: 上海市徐汇区 is 上海市 and 徐汇区; a lone 云泽区 has no city. Splits after the first 市 or 州
 * that leaves a district behind, as the core does. Nothing typed is no home.
 */
export function parseHome(text: string): Home | null {
  const whole = text.trim();
  if (whole === "") return null;
  const match = /^(.+?[市州])(.{2,})$/u.exec(whole);
  return match ? { city: match[1] ?? "", district: match[2] ?? "" } : { city: "", district: whole };
}

export function homeInWords(home: Home | null): string {
  return home ? home.city + home.district : "";
}
