// Entries of the archive that begin like what is typed. Only the answer to the last question counts.
import { call } from "../api";
import type { EntityKind } from "../api/types/EntityKind";
import type { Suggestion } from "../api/types/Suggestion";
import { complain } from "./notices.svelte";

export class Suggested {
  found = $state.raw<Suggestion[]>([]);
  /** What they were asked for; empty before the first answer. */
  asked = $state("");
  private turn = 0;
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  async ask(typed: string, kind: EntityKind | null = null) {
    const mine = ++this.turn;
    try {
      const found = typed === "" ? [] : await call("suggest", { typed, kind, limit: this.most });
      if (mine !== this.turn) return;
      this.found = found;
      this.asked = typed;
    } catch (thrown) {
      complain(thrown);
    }
  }

  clear() {
    this.turn += 1;
    this.found = [];
    this.asked = "";
  }
}
