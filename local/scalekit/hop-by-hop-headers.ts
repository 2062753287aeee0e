const HOP_BY_HOP = [
  'connection',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** Removes the headers that concern only one connection. In `rawHeaders`, names and values alternate. */
export function withoutHopByHop(
  rawHeaders: readonly string[],
  alsoDropped: ReadonlySet<string> = new Set(),
): string[] {
  const pairs: [name: string, value: string][] = [];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    pairs.push([rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '']);
  }
  const namedByConnection = pairs
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(',').map((name) => name.trim().toLowerCase()));
  const dropped = new Set([...HOP_BY_HOP, ...namedByConnection, ...alsoDropped]);
  return pairs.filter(([name]) => !dropped.has(name.toLowerCase())).flat();
}
