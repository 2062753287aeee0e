import { afterEach, describe, expect, test, vi } from 'vitest';
import { powertoolsBoolean } from '../../../lib/telemetry/powertools-settings.ts';

const NAME = 'POWERTOOLS_METRICS_DISABLED';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('powertoolsBoolean', () => {
  test.each([
    ...['1', 'y', 'yes', 't', 'true', 'on', 'TRUE', 'Yes', ' true '].map((value) => [value, true] as const),
    ...['0', 'n', 'no', 'f', 'false', 'off', 'False', ' OFF', '', ' '].map(
      (value) => [value, false] as const,
    ),
    [undefined, false] as const,
  ])('reads %j as %s', (value, expected) => {
    // Prepare
    vi.stubEnv(NAME, value);

    // Act
    const isOn = powertoolsBoolean(NAME);

    // Assess
    expect(isOn).toBe(expected);
  });

  test.each(['2', 'truth', 'yes please', 'enabled', 'null', '__proto__'])('rejects %j', (value) => {
    // Prepare
    vi.stubEnv(NAME, value);

    // Act
    const read = () => powertoolsBoolean(NAME);

    // Assess
    expect(read).toThrow(`${NAME} is malformed; it should hold true or false.`);
  });

  test('ignores settings with other names', () => {
    // Prepare
    vi.stubEnv(NAME, 'true');
    vi.stubEnv('POWERTOOLS_DEV', 'false');

    // Act
    const both = [powertoolsBoolean(NAME), powertoolsBoolean('POWERTOOLS_DEV')];

    // Assess
    expect(both).toEqual([true, false]);
  });
});
