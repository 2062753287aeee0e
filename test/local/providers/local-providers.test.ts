import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LocalProviders } from '../../../local/providers/local-providers.ts';
import { projectConnectors } from '../../support/project-connectors.ts';

const connectors = [...(await projectConnectors()).keys()].sort();

test('each provider is started once, in alphabetical order', async () => {
  const providers = new LocalProviders(join(import.meta.dirname, '../../..'));
  const places: [number, string][] = [];
  const take = () =>
    providers.startOrRestart((place, connector, start) => {
      places.push([place, connector]);
      return start(0);
    });
  try {
    const first = await take();
    const second = await take();

    expect(first.map(({ connector }) => connector)).toEqual(connectors);
    expect(places).toEqual(connectors.map((connector, place) => [place, connector]));
    expect(second).toEqual([]);
    expect(providers.all).toEqual(first);
  } finally {
    await providers.close();
  }
});
