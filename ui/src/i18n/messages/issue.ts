import { messages } from "../message";

export const issue = messages({});
