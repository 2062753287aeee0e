import * as z from 'zod';
import type { Environment } from '../lib/settings/parse-settings.ts';
import { scalekitSettings } from './command-line/scalekit-settings.ts';
import { UsageError } from './command-line/usage-error.ts';
import { type InvokeOptions, readInvokeOptions } from './invoke/read-invoke-options.ts';
import { recordCall } from './invoke/record-call.ts';
import { SURFACE_EVENTS, WRAPPING_SURFACES, wrappedBody } from './invoke/surface-events.ts';
import { invokeFunction, type LocalFunction } from './lambda/invoke-function.ts';
import { type Recorder, startRecorder } from './record/start-recorder.ts';
import { reportStartFailure } from './report-start-failure.ts';
import type { Stack } from './stack.ts';
import { startStack } from './start-stack.ts';

const TIMEOUT_MS = 29_000;
const Unconnected = z.object({ error: z.object({ authorization_url: z.string() }) });
const LINK_NOTE =
  'The page of authorization_url has ended with this command. To connect an account, make the call in the console of npm start.';

/** Calls one tool once through a surface, and prints the event and the response. */
async function main(): Promise<void> {
  const options = readInvokeOptions(process.argv.slice(2));
  const scalekit = scalekitSettings(options.live);
  let recorder: Recorder | undefined;
  const stack = await startStack({
    log: (level, message, fields) => console.error(JSON.stringify({ level, message, ...fields })),
    ...(scalekit && { scalekit: withoutCallerRules(scalekit) }),
    ...(options.record !== undefined && {
      inFrontOfScalekit: async (url) => {
        recorder = await startRecorder(url);
        return recorder;
      },
    }),
  });
  try {
    const called = stack.functions.find(({ functionName }) => functionName === options.tool);
    if (!called) {
      const { tools } = stack;
      const ofConnector = tools.filter(({ tool }) => options.tool.startsWith(`${tool.connector.name}_`));
      const names = (ofConnector.length > 0 ? ofConnector : tools).map(({ tool }) => tool.name);
      throw new UsageError(`There is no tool ${options.tool}. The tools are ${names.join(', ')}.`);
    }
    const callOnce = (input: object) => call(called, { ...options, input }, stack);
    if (recorder) await recordCall(called.tool, options, recorder, callOnce);
    else await callOnce(options.input);
  } finally {
    await stack.close();
  }
}

/** Returns the output or the error object, without the format of the surface. */
async function call(
  called: LocalFunction,
  { surface, live, ...options }: InvokeOptions,
  { issuer }: Stack,
): Promise<unknown> {
  const { event, clientContext } = await SURFACE_EVENTS[surface](options, issuer);
  print('Event', event);
  if (clientContext) print('Client context', clientContext);
  const startedAtMs = performance.now();
  const answer = await invokeFunction(called, event, { timeoutMs: TIMEOUT_MS, clientContext });
  const durationMs = Math.round(performance.now() - startedAtMs);
  if (typeof answer === 'string') throw new Error(`The function ${answer}.`);
  const value: unknown = JSON.parse(answer.answerJson);
  print('Answer', value);
  const body = WRAPPING_SURFACES.has(surface) ? wrappedBody(value) : undefined;
  const bare: unknown = body === undefined ? value : JSON.parse(body);
  if (body !== undefined) print('Its body', bare);
  console.log(`Time\n${durationMs} ms, including the start of the function`);
  if (!live && Unconnected.safeParse(bare).success) console.log(`\n${LINK_NOTE}`);
  return bare;
}

function print(title: string, value: unknown): void {
  console.log(`${title}\n${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Removes the settings that restrict the callers of a deployment. They are not needed here, because `--as`
 * names the user.
 */
function withoutCallerRules(settings: Environment): Environment {
  return Object.fromEntries(
    Object.entries(settings).filter(
      ([name]) => !/^(?:.+_)?IDENTITY_TEMPLATE$|^(?:REQUIRED|READ|WRITE|DESTRUCTIVE)_SCOPE$/.test(name),
    ),
  );
}

await main().catch(reportStartFailure);
