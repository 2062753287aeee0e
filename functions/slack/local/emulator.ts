import { defineEmulator } from 'emulate';
import { parseJson } from 'scalekit-lambda-tools';
import { EMULATOR_HEADER, NO_ROUTE } from '../../../local/providers/missing-route.ts';
import { canvases } from './canvases.ts';
import { chat } from './chat.ts';
import { conversations } from './conversations.ts';
import { type Method, SlackError } from './method.ts';
import { search } from './search.ts';
import { seed } from './seed.ts';
import { users } from './users.ts';
import { postDue } from './workspace.ts';

const METHODS: ReadonlyMap<string, Method> = new Map(
  Object.entries({ ...users, ...conversations, ...chat, ...search, ...canvases }),
);
// Matches the methods that read a JSON body. All other methods ignore it, as in Slack.
const READS_JSON = /^(auth\.test|conversations\.(history|open)|chat\..+|canvases\..+)$/;

export interface Grant {
  memberId: string;
  scopes: readonly string[];
}

/**
 * Emulates the methods of Slack's Web API that the tools and their tests call, with the workspace of Harbor Bikes. The
 * methods of the `emulate` package are replaced, because they lack search, canvases, periods, and pages of replies.
 * @param grants the user and scopes of each access token
 */
export function slackEmulator(grants: ReadonlyMap<string, Grant>) {
  return defineEmulator({
    name: 'slack-workspace',
    state: seed,
    setup({ app, state: workspace }) {
      const answer = (name: string, token: string | undefined, read: () => Record<string, unknown>) => {
        postDue(workspace);
        const run = METHODS.get(name);
        const grant = grants.get(token ?? '');
        const member = workspace.members.find(({ id }) => id === grant?.memberId);
        if (!run) return { ok: false, error: 'unknown_method', req_method: name };
        if (!grant || !member) return { ok: false, error: 'invalid_auth' };
        try {
          return { ok: true, ...run(read(), { workspace, member, scopes: grant.scopes }) };
        } catch (error) {
          if (error instanceof SlackError) return error.body;
          throw error;
        }
      };

      for (const verb of ['GET', 'POST']) {
        app.on(verb, '/api/:method', async (context) => {
          const { req } = context;
          const name = req.param('method');
          const body = verb === 'POST' ? await req.text() : '';
          const type = req.header('content-type') ?? '';
          const read = () => ({
            ...Object.fromEntries(new URL(req.url).searchParams),
            ...bodyOf(body, type, READS_JSON.test(name)),
          });
          const note = METHODS.has(name) ? noteOn(name, body, type) : NO_ROUTE;
          return context.json(answer(name, req.header('authorization')?.split(/\s+/)[1], read), 200, note);
        });
      }
    },
  });
}

/**
 * If Slack ignored a JSON body, returns a header that explains this to the developer. Slack itself only
 * reports that arguments are missing.
 */
function noteOn(name: string, body: string, type: string): Record<string, string> {
  if (body === '' || !isJson(type) || READS_JSON.test(name)) return {};
  return {
    [EMULATOR_HEADER]: `The emulated Slack ignores a JSON body for ${name}. Send it as form, or add the method to READS_JSON in functions/slack/local/emulator.ts if its documentation accepts application/json.`,
  };
}

function isJson(type: string): boolean {
  return type.startsWith('application/json');
}

function bodyOf(text: string, type: string, readsJson: boolean): object {
  if (!isJson(type)) return Object.fromEntries(new URLSearchParams(text));
  if (!readsJson || text === '') return {};
  const value = parseJson(text);
  if (value === undefined) throw new SlackError('invalid_json');
  if (typeof value !== 'object' || value === null) throw new SlackError('json_not_object');
  return value;
}
