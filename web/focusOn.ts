/** Brings a part of the page into view and puts the focus on it; answers whether it is there. */
export function focusOn(selector: string): boolean {
  const part = document.querySelector<HTMLElement>(selector);
  if (!part) return false;
  part.scrollIntoView({ block: 'center' });
  part.focus({ preventScroll: true });
  return true;
}

/** Moves the focus along the matching elements, from where it is. */
export function moveFocus(selector: string, by: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>(selector)];
  const at = all.findIndex((one) => one === document.activeElement || one.contains(document.activeElement));
  const next = all[at === -1 ? (by === 1 ? 0 : all.length - 1) : at + by];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
