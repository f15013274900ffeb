// Light, dark, or as the system has it.
import { remember, remembered } from "./remembered";

export type Theme = "light" | "dark" | "system";

const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
let theme = $state<Theme>(stored());
let dark = $state(systemDark.matches);
systemDark.addEventListener("change", (e) => (dark = e.matches));

function stored(): Theme {
  const value = remembered("theme");
  return value === "light" || value === "dark" ? value : "system";
}

export function currentTheme(): Theme {
  return theme;
}

/** What is shown: the choice, or the system's. Canvases redraw by it. */
export function shownTheme(): "light" | "dark" {
  return theme === "system" ? (dark ? "dark" : "light") : theme;
}

export function setTheme(next: Theme) {
  theme = next;
  remember("theme", next);
}
