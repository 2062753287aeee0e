const ROW = /^\| `([a-z0-9_]+)` \|.*$/gm;

/** The README with a row for a tool in its table, in the order of the names; as it is where there is no table. */
export function addReadmeRow(readme: string, name: string): string {
  const rows = [...readme.matchAll(ROW)];
  const last = rows.at(-1);
  if (!last) return readme;
  const next = rows.find(([, other = '']) => other > name);
  const row = `| \`${name}\` | to do: what it does |`;
  return next
    ? `${readme.slice(0, next.index)}${row}\n${readme.slice(next.index)}`
    : `${readme.slice(0, last.index)}${last[0]}\n${row}${readme.slice(last.index + last[0].length)}`;
}
