import { ToolFileError } from '../lib/deploy/discover-tools.ts';
import { ParameterError } from '../lib/deploy/parameters.ts';
import { AuthoringError } from '../lib/errors/authoring-error.ts';
import { SettingsError } from '../lib/settings/settings-error.ts';
import { UsageError } from './command-line/usage-error.ts';
import { PortTakenError } from './stack-parts.ts';

const LIVE_HINT =
  'With --live, the settings of a real Scalekit environment come from the environment or .env. See .env.example.';
const PORT_HINT =
  'Is `npm start` already running? Stop the program that uses the port, or choose other ports: PORT=5400 npm start';

/** Prints a short message for a known error. Throws any other error again. */
export function reportStartFailure(error: unknown): void {
  process.exitCode = 1;
  if (error instanceof PortTakenError) console.error(`${error.message} ${PORT_HINT}`);
  else if (error instanceof SettingsError)
    console.error(/SCALEKIT_/.test(error.message) ? `${error.message}\n${LIVE_HINT}` : error.message);
  else if (error instanceof UsageError || error instanceof ParameterError) console.error(error.message);
  else if (error instanceof ToolFileError) console.error(describe(error));
  else throw error;
}

/**
 * Describes an error. Errors of our own classes need no stack trace, but errors of JavaScript's built-in
 * classes do.
 */
function describe({ message, cause }: ToolFileError): string {
  return cause instanceof Error && !(cause instanceof AuthoringError)
    ? `${message}\n${cause.stack}`
    : message;
}
