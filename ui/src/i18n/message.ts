// How a message is written down: both languages side by side, with named places.

export type Language = "zh" | "en";

export interface Message {
  readonly zh: string;
  readonly en: string;
}

/** Keeps the texts as literal types, so that keys and places are checked where a message is used. */
export function messages<const T extends Record<string, Message>>(catalogue: T): T {
  return catalogue;
}

/** `{n}` is a place; `{n|page|pages}` is a word that follows the number in place `n`. */
type PlaceName<P extends string> = P extends `${infer Name}|${string}` ? Name : P;
export type Places<S extends string> = S extends `${string}{${infer P}}${infer Rest}`
  ? PlaceName<P> | Places<Rest>
  : never;

export type Values<M extends Message> = Record<Places<M["zh"]> | Places<M["en"]>, string | number>;

/** Fills the places of one text. Numbers are written as the language writes them. */
export function fill(text: string, values: Record<string, string | number>, language: Language): string {
  return text.replace(
    /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g,
    (_, name: string, one?: string, many?: string) => {
      const value = values[name] ?? "";
      if (one !== undefined) return Number(value) === 1 ? one : (many ?? "");
      return typeof value === "number" ? numberInWords(value, language) : value;
    },
  );
}

export function numberInWords(value: number, language: Language): string {
  return new Intl.NumberFormat(language === "zh" ? "zh-CN" : "en-GB").format(value);
}
