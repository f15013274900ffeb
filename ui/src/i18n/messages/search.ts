import { messages } from "../message";

export const search = messages({
  "search.found": {
    zh: "{articles}篇，{occurrences}处",
    en: "{articles} {articles|article|articles}, {occurrences} {occurrences|place|places}",
  },
});
