import { messages } from "../message";

export const timeline = messages({});
