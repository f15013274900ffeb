import { describe, expect, it } from "vitest";
import { warningInWords } from "./warnings";

describe("warnings", () => {
  it("are worded where they are known", () => {
    const bytes = "3 byte sequences are no GB18030 and are shown as \ufffd";
    expect(warningInWords(bytes, "zh")).toEqual({ words: "有3处不是 GB18030 编码，以 � 表示", own: false });
    const page =
      "Page 2 of the file says it is page 1, as another page of the file does; it is kept as page 3.";
    expect(warningInWords(page, "zh").words).toBe("文件第2页自称第1版，与另一页相同；暂作第3版");
  });

  it("are shown as they came otherwise", () => {
    expect(warningInWords("something new", "zh")).toEqual({ words: "something new", own: true });
  });
});
