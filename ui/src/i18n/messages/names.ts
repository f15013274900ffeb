import { messages } from "../message";

export const names = messages({});
