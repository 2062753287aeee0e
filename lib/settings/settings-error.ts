/** A setting that is missing or malformed. */
export interface SettingFault {
  /** The variable's name, such as `SCALEKIT_ENV_URL`. */
  setting: string;
  /** The problem with the setting. */
  problem: 'is not set' | 'is malformed';
  /** A description of the right value; undefined if the setting has no description. */
  holds: string | undefined;
}

/**
 * The error that stops initialisation. Its message is one line that names each faulty setting and the expected value.
 */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  /** The individual faults. */
  readonly faults: readonly SettingFault[];

  /** @internal */
  constructor(message: string, faults: readonly SettingFault[] = []) {
    super(message);
    this.faults = faults;
  }
}

/** Runs functions that read settings, and returns their faults by setting; empty if all succeed. */
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
