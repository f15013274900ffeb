// Shortcuts bind physical keys, so that a Chinese input method never loses a letter to one.

/** True while a person composes a word, or types into a field. */
export function isTyping(e: KeyboardEvent): boolean {
  if (e.isComposing || e.keyCode === 229) return true;
  const target = e.target as HTMLElement | null;
  if (target === null || !(target instanceof HTMLElement)) return false;
  if (
    target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement
  )
    return true;
  return (
    target instanceof HTMLInputElement && !["button", "checkbox", "radio", "range"].includes(target.type)
  );
}

/** Ctrl, or Command on a Mac. */
export function withCtrl(e: KeyboardEvent): boolean {
  return (e.ctrlKey || e.metaKey) && !e.altKey;
}
