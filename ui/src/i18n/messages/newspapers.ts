import { messages } from "../message";

export const newspapers = messages({});
