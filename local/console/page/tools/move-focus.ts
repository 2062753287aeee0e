const MOVES: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowDown: (index, count) => Math.min(index + 1, count - 1),
  ArrowUp: (index) => Math.max(index - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
};

/**
 * Moves the focus within a list, in document order.
 * @returns true if the key moved the focus
 */
export function moveFocus(list: HTMLElement, key: string): boolean {
  const move = MOVES[key];
  if (!move) return false;
  const all = [...list.querySelectorAll<HTMLElement>('input, summary, a')];
  // Leaves out the items of a closed group, because they cannot have the focus.
  const places = all.filter((place) => place.checkVisibility());
  const index = places.findIndex((place) => place.matches(':focus'));
  places[move(index, places.length)]?.focus();
  return true;
}
