// What a person types as a date, in either language, as EDTF.
import { parseEdtf } from "./edtf";

/**
 * EDTF of `2022年1月17日`, `2022-1-17`, `2022.1`, `20220117`, `2022/1/17`, `1930年代` or EDTF itself; `null` if it is no date.
 */
export function typedDate(text: string): string | null {
  const plain = text.normalize("NFKC").trim();
  if (parseEdtf(plain)) return plain;
  const decade = /^(\d{3})0(?:年代|s)$/.exec(plain);
  if (decade) return `${decade[1]}X`;
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  const parts = compact ?? /^(\d{4})(?:[-/.年]\s*(\d{1,2})(?:[-/.月]\s*(\d{1,2})日?|月)?|年)?$/.exec(plain);
  if (!parts) return null;
  const edtf = [parts[1], parts[2], parts[3]]
    .filter((part) => part !== undefined)
    .map((part) => part.padStart(2, "0"))
    .join("-");
  return parseEdtf(edtf) ? edtf : null;
}
