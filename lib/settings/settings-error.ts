/** One faulty setting. */
export interface SettingFault {
  /** Such as `SCALEKIT_ENV_URL`. */
  setting: string;
  /** What is wrong with it. */
  problem: 'is not set' | 'is malformed';
  /** What it should hold; undefined where nothing says so. */
  holds: string | undefined;
}

/** Stops initialisation: one line that names each faulty setting and what it should hold. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  /** The same, fault by fault. */
  readonly faults: readonly SettingFault[];

  /** @internal */
  constructor(message: string, faults: readonly SettingFault[] = []) {
    super(message);
    this.faults = faults;
  }
}

/** What reading some settings finds wrong with each; nothing where it succeeds. */
export function faultsBySetting(readers: readonly (() => unknown)[]): Map<string, SettingFault> {
  const faults = readers.flatMap(faultsOf);
  return new Map(faults.map((fault) => [fault.setting, fault]));
}

function faultsOf(read: () => unknown): readonly SettingFault[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.faults;
    throw error;
  }
}
