interface Dated {
  id: string;
  kind: string;
  at: string;
}

const ID_LENGTH_MAX = 20;

/** The place of an activity in the one order of all kinds; the later of two is greater, as text. */
export function positionOf({ id, kind, at }: Dated): string {
  return `${at} ${id.padStart(ID_LENGTH_MAX, '0')} ${kind}`;
}

/** Without those at and after the position `before`, where one is given. */
export function newestFirst<Item extends Dated>(items: readonly Item[], before?: string): Item[] {
  return items
    .map((item) => ({ item, position: positionOf(item) }))
    .filter(({ position }) => before === undefined || position < before)
    .sort((one, other) => (one.position < other.position ? 1 : -1))
    .map(({ item }) => item);
}
