// Which component shows which page. A page is a folder here with a component that takes the route.
import type { Component } from "svelte";
import type { PageName, Route } from "../state/address";
import Authority from "./authority/Authority.svelte";
import Entity from "./entity/Entity.svelte";
import Import from "./import/Import.svelte";
import Issue from "./issue/Issue.svelte";
import Names from "./names/Names.svelte";
import Newspapers from "./newspapers/Newspapers.svelte";
import Review from "./review/Review.svelte";
import Search from "./search/Search.svelte";
import Settings from "./settings/Settings.svelte";
import Timeline from "./timeline/Timeline.svelte";

/** The rooms of the rail, in its order. */
export const rooms = ["timeline", "newspapers", "names", "search", "review", "import", "settings"] as const;
export type Room = (typeof rooms)[number];

export interface PageProps {
  route: Route;
}

interface Page {
  component: Component<PageProps>;
  /** The room that is lit in the rail while the page is open. */
  room: Room;
}

export const pages: Record<PageName, Page> = {
  timeline: { component: Timeline, room: "timeline" },
  newspapers: { component: Newspapers, room: "newspapers" },
  issue: { component: Issue, room: "newspapers" },
  entity: { component: Entity, room: "names" },
  names: { component: Names, room: "names" },
  authority: { component: Authority, room: "names" },
  search: { component: Search, room: "search" },
  review: { component: Review, room: "review" },
  import: { component: Import, room: "import" },
  settings: { component: Settings, room: "settings" },
};
