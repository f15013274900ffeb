import { expect, test } from "vitest";
import type { PageView } from "../../api/types/PageView";
import { facing, stepped } from "./spread";

const page = (number: number, has_image = true) => ({ id: number, number, has_image }) as PageView;
const numbers = (pages: readonly PageView[]) => pages.map((p) => p.number);

test("the front page stands alone, then two and two", () => {
  const pages = [1, 2, 3, 4].map((n) => page(n));
  const shown = (n: number) => numbers(facing(pages, pages[n - 1]!, false));
  expect(shown(1)).toEqual([1]);
  expect(shown(2)).toEqual([2, 3]);
  expect(shown(3)).toEqual([2, 3]);
  expect(shown(4)).toEqual([4]);
});

test("a page without image or neighbour stands alone", () => {
  const pages = [page(1), page(2), page(3, false), page(6)];
  expect(numbers(facing(pages, pages[1]!, false))).toEqual([2]);
  expect(numbers(facing(pages, pages[2]!, false))).toEqual([3]);
  expect(numbers(facing(pages, pages[3]!, false))).toEqual([6]);
});

test("papers set from right to left lie the other way", () => {
  const pages = [page(2), page(3)];
  expect(numbers(facing(pages, pages[0]!, true))).toEqual([3, 2]);
});

test("a step goes over both pages", () => {
  const pages = [1, 2, 3, 4].map((n) => page(n));
  const shown = facing(pages, pages[1]!, false);
  expect(stepped(pages, shown, 1)?.number).toBe(4);
  expect(stepped(pages, shown, -1)?.number).toBe(1);
  expect(stepped(pages, [pages[3]!], 1)).toBeUndefined();
});
