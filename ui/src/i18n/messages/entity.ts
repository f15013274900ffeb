import { messages } from "../message";

export const entity = messages({});
