import { describe, expect, it } from "vitest";
import { bytesInWords, edtfInWords } from "./dates";

describe("dates in words", () => {
  const both = (edtf: string) => [edtfInWords(edtf, "zh"), edtfInWords(edtf, "en")];

  it("say as much as is known", () => {
    expect(both("2022-01-17")).toEqual(["2022年1月17日", "17 January 2022"]);
    expect(both("2022-01")).toEqual(["2022年1月", "January 2022"]);
    expect(both("2022-01-XX")).toEqual(["2022年1月", "January 2022"]);
    expect(both("2022")).toEqual(["2022年", "2022"]);
    expect(both("193X")).toEqual(["1930年代", "1930s"]);
    expect(both("19XX")).toEqual(["20世纪", "20th century"]);
    expect(both("2022-01-14T09:00")).toEqual(["2022年1月14日 09:00", "14 January 2022 09:00"]);
  });

  it("say what is doubtful", () => {
    expect(both("2021~")).toEqual(["约2021年", "c. 2021"]);
    expect(both("2021-03?")).toEqual(["2021年3月（存疑）", "March 2021 (?)"]);
  });

  it("say from when to when", () => {
    expect(both("2021-01/2021-03")).toEqual(["2021年1月至2021年3月", "January 2021 – March 2021"]);
    expect(both("2021-12/..")).toEqual(["2021年12月起", "from December 2021"]);
    expect(both("../1949")).toEqual(["至1949年", "until 1949"]);
  });

  it("name the weekday when asked", () => {
    expect(edtfInWords("2022-01-17", "zh", { weekday: true })).toBe("2022年1月17日 星期一");
    expect(edtfInWords("2022-01-17", "en", { weekday: true })).toBe("Monday, 17 January 2022");
  });

  it("show what is no date as it is written", () => {
    expect(both("民国廿三年")).toEqual(["民国廿三年", "民国廿三年"]);
  });
});

describe("bytes", () => {
  it("keep figures short", () => {
    expect(bytesInWords(999, "en")).toBe("999 B");
    expect(bytesInWords(1234567, "en")).toBe("1.2 MB");
    expect(bytesInWords(482_000_000_000, "zh")).toBe("482 GB");
  });
});
