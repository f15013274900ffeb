// Choices of the person at this computer, kept between starts. They are no part of the archive.

const PREFIX = "baoku.";

export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    // A browser may refuse storage; then every start begins with the defaults.
    return null;
  }
}

export function remember(name: string, value: string) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // As above: nothing else depends on it.
  }
}
