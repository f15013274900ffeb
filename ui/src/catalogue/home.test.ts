import { describe, expect, it } from "vitest";
import { homeInWords, parseHome } from "./home";

describe("home districts", () => {
  it("come apart after the city", () => {
    expect(parseHome("上海市徐汇区")).toEqual({ city: "上海市", district: "徐汇区" });
    expect(parseHome(" 临安江市云泽区 ")).toEqual({ city: "临安江市", district: "云泽区" });
    expect(parseHome("凉山彝族自治州西昌市")).toEqual({ city: "凉山彝族自治州", district: "西昌市" });
    expect(parseHome("云泽区")).toEqual({ city: "", district: "云泽区" });
    expect(parseHome("某市区")).toEqual({ city: "", district: "某市区" });
    expect(parseHome("  ")).toBeNull();
  });

  it("read as they were typed", () => {
    expect(homeInWords(parseHome("上海市徐汇区"))).toBe("上海市徐汇区");
    expect(homeInWords(null)).toBe("");
  });
});
