import { messages } from "../message";

export const settings = messages({});
