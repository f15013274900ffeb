import { expect, it } from "vitest";
import { wrap } from "./picture";

it("breaks captions where the language breaks", () => {
  expect(wrap("云溪报档案见报日期", 5)).toEqual(["云溪报档案", "见报日期"]);
  expect(wrap("held issues and articles", 12)).toEqual(["held issues", "and articles"]);
});
