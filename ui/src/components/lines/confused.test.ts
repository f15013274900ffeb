import { expect, test } from "vitest";
import { confusedIn } from "./confused";

test("one replaced character is a confusion", () => {
  expect(confusedIn("自已的事", "自己的事")).toEqual(["已", "己"]);
  expect(confusedIn("末来𠮷", "未来𠮷")).toEqual(["末", "未"]);
});

test("what was only added, only left out or rewritten is none", () => {
  expect(confusedIn("徐报", "徐汇报")).toBeNull();
  expect(confusedIn("徐汇报", "徐报")).toBeNull();
  expect(confusedIn("一二三四五", "甲乙丙丁戊")).toBeNull();
  expect(confusedIn("同", "同")).toBeNull();
});
