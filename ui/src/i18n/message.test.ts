import { describe, expect, it } from "vitest";
import { catalogue } from "./catalogue";
import { fill } from "./message";

describe("messages", () => {
  it("fill their places", () => {
    expect(fill("{n} {n|page|pages} of {who}", { n: 1, who: "徐汇报" }, "en")).toBe("1 page of 徐汇报");
    expect(fill("{n} {n|page|pages}", { n: 1204 }, "en")).toBe("1,204 pages");
  });

  it("have both languages, with Chinese in the Chinese and none in the English", () => {
    for (const [key, { zh, en }] of Object.entries(catalogue)) {
      expect(zh.trim(), key).not.toBe("");
      expect(en.trim(), key).not.toBe("");
      // Languages are named in their own words, and some texts are marks only.
      if (/^(verb\.other|list\.|language\.)/.test(key)) continue;
      expect(zh, key).toMatch(/\p{Script=Han}/u);
      expect(en, key).not.toMatch(/\p{Script=Han}/u);
    }
  });
});
