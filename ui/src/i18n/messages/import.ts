import { messages } from "../message";

export const imports = messages({});
