// Places by the district that their name says: a schematic list, no map.
import type { TogetherRow } from "../../api/types/TogetherRow";

export interface District {
  /** Empty where the name says none. */
  name: string;
  places: TogetherRow[];
  articles: number;
}

/** 上海市徐汇区漕河泾街道: city and district, each ending in its sign. 市 within a district's name (市北区) is no city. */
const PATTERN =
  /^(?:(?<city>[\p{Script=Han}]{2,6}?(?:省|市|自治区|地区|州))?(?<district>[\p{Script=Han}]{1,6}?(?:区|县|旗|市)))(?=.|$)/u;
/** 开发区, 小区 and the like are no districts. */
const NO_DISTRICT = /(?:开发|小|园|院|社|校|城|厂|工业|住宅|景|保税|新城|高新|地)区$/u;

export function districtOf(place: string): string {
  const found = PATTERN.exec(place)?.groups;
  const district = found?.district ?? "";
  if (district === "" || NO_DISTRICT.test(district)) return "";
  return district.replace(/^.*[省市](?=.{2,})/u, "");
}

/** The districts named most first; those of no district last. */
export function byDistrict(rows: readonly TogetherRow[]): District[] {
  const districts = new Map<string, District>();
  for (const row of rows.filter((r) => r.kind === "place")) {
    const name = districtOf(row.name);
    const held = districts.get(name) ?? { name, places: [], articles: 0 };
    held.places.push(row);
    held.articles += row.articles;
    districts.set(name, held);
  }
  return [...districts.values()].sort(
    (a, b) => Number(a.name === "") - Number(b.name === "") || b.articles - a.articles,
  );
}
