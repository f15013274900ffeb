import { expect, test } from "vitest";
import { broken } from "./paper";

const measure = (text: string) => [...text].length;

test("Han text breaks anywhere, words and numbers stay whole", () => {
  expect(broken("青棠区综合治理", 4, measure)).toEqual(["青棠区综", "合治理"]);
  expect(broken("青棠报 2022年", 6, measure)).toEqual(["青棠报", "2022年"]);
  expect(broken("青棠报（1，4）.", 7, measure)).toEqual(["青棠报（1，4）."]);
  expect(broken("一\n二", 9, measure)).toEqual(["一", "二"]);
});
