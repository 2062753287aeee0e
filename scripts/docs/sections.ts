/** Exports that are about the same, by the beginnings of the paths of their files, in the order of the reference. */
interface Section {
  title: string;
  files: readonly string[];
}

const SECTIONS: readonly Section[] = [
  { title: 'Tools', files: ['lib/contract/define-tool', 'lib/contract/paging'] },
  { title: 'Fields', files: ['lib/contract/fields', 'lib/contract/times'] },
  { title: 'Calls to the provider', files: ['lib/scalekit/provider-client', 'lib/scalekit/path'] },
  {
    title: 'Connectors and their errors',
    files: ['lib/contract/define-connector', 'lib/scalekit/provider-errors', 'lib/scalekit/'],
  },
  { title: 'Errors', files: ['lib/errors/error-codes', 'lib/errors/'] },
  { title: 'Text', files: ['lib/text/'] },
  { title: 'Running tools', files: ['lib/'] },
];

/** Puts exports, by the path of their file, into sections; what is in no section is in one without a title. */
export function inSections<Item>(items: readonly Item[], fileOf: (item: Item) => string) {
  const places = SECTIONS.flatMap(({ title, files }) => files.map((file) => ({ title, file })));
  const found = items.map((item) => {
    const place = places.findIndex(({ file }) => fileOf(item).startsWith(file));
    return { item, place, title: places[place]?.title ?? '' };
  });
  const sorted = found.toSorted((one, other) => one.place - other.place);
  return Map.groupBy(sorted, ({ title }) => title);
}
