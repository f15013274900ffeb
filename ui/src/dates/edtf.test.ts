import { describe, expect, it } from "vitest";
import { civilDay, edtfBounds, parseEdtf } from "./edtf";
import { typedDate } from "./typed";

describe("edtf", () => {
  const bounds = (text: string) => {
    const found = edtfBounds(text);
    // The second bound is the midnight after the last day.
    return found && [civilDay(found[0]), civilDay(found[1] - 1)];
  };

  it("knows the first and last day an expression may mean", () => {
    expect(bounds("2022-01-10")).toEqual(["2022-01-10", "2022-01-10"]);
    expect(bounds("2022-02")).toEqual(["2022-02-01", "2022-02-28"]);
    expect(bounds("2021~")).toEqual(["2021-01-01", "2021-12-31"]);
    expect(bounds("193X")).toEqual(["1930-01-01", "1939-12-31"]);
    expect(bounds("2021-01/2021-03")).toEqual(["2021-01-01", "2021-03-31"]);
    expect(bounds("2022-01-14T09:00")).toEqual(["2022-01-14", "2022-01-14"]);
    expect(edtfBounds("2021-12/..")?.[1]).toBe(Infinity);
  });

  it("refuses what is no date", () => {
    for (const text of ["", "2022-13", "2022-02-30", "22-01-01", "X022", "二〇二二", "/"])
      expect(parseEdtf(text), text).toBeNull();
  });
});

describe("typed dates", () => {
  it("come in every usual spelling", () => {
    for (const text of [
      "2022年1月17日",
      "2022-1-17",
      "2022.1.17",
      "2022/01/17",
      "20220117",
      "２０２２年１月１７日",
    ])
      expect(typedDate(text), text).toBe("2022-01-17");
    expect(typedDate("2022年1月")).toBe("2022-01");
    expect(typedDate("2022年")).toBe("2022");
    expect(typedDate("1930年代")).toBe("193X");
    expect(typedDate("1930s")).toBe("193X");
    expect(typedDate("2021~")).toBe("2021~");
  });

  it("are refused where there is no such day", () => {
    for (const text of ["2022-2-30", "昨天", "17"]) expect(typedDate(text), text).toBeNull();
  });
});
