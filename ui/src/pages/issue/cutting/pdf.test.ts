import { expect, test } from "vitest";
import { pdfOf } from "./pdf";

const page = { jpeg: Uint8Array.of(0xff, 0xd8, 0xff, 0xd9), width: 10, height: 20 };
const latin = (bytes: Uint8Array) => [...bytes].map((b) => String.fromCharCode(b)).join("");

test("every object stands where the table says", () => {
  const text = latin(pdfOf([page, page], { title: "动工", source: "青棠报，2022-01-06（1，4）." }));
  const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1]);
  expect(text.slice(start, start + 5)).toBe("xref\n");
  const places = [...text.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map((m) => Number(m[1]));
  expect(places.length).toBe(12);
  places.forEach((at, i) => expect(text.slice(at, at + 8)).toContain(`${i + 1} 0 obj`));
  expect(text).toContain("/Count 2");
});

test("title and source are in the file, in UTF-16", () => {
  const text = latin(pdfOf([page], { title: "动工", source: "青棠报" }));
  expect(text).toContain("/Title <FEFF52A85DE5>");
  expect(text).toContain("<975268E062A5> Tj");
});
