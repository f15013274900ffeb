// The commands of the core as the frontend calls them: arguments and result of each by its name.
import type { CommandName, Commands } from "./types/Commands";

export type { CommandName, Commands };
export type Args<N extends CommandName> = Commands[N]["args"];
export type Result<N extends CommandName> = Commands[N]["result"];
