// Every word of the interface. One file a page; keys begin with the page's name.
import { context } from "./messages/context";
import { editing } from "./messages/editing";
import { entity } from "./messages/entity";
import { errors } from "./messages/errors";
import { frame } from "./messages/frame";
import { identity } from "./messages/identity";
import { imports } from "./messages/import";
import { issue } from "./messages/issue";
import { names } from "./messages/names";
import { newspapers } from "./messages/newspapers";
import { queue } from "./messages/queue";
import { rehearsal } from "./messages/rehearsal";
import { search } from "./messages/search";
import { settings } from "./messages/settings";
import { timeline } from "./messages/timeline";
import { warnings } from "./messages/warnings";
import { words } from "./messages/words";

export const catalogue = {
  ...words,
  ...frame,
  ...errors,
  ...timeline,
  ...newspapers,
  ...issue,
  ...context,
  ...editing,
  ...entity,
  ...names,
  ...queue,
  ...rehearsal,
  ...search,
  ...identity,
  ...imports,
  ...settings,
  ...warnings,
};
