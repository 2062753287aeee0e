import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { listenOnLoopback } from '../../local/listen-on-loopback.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Starts a Scalekit whose responses the test sets for some endpoints. All other endpoints accept every request. */
export async function startScriptedScalekit(script: Record<string, Answer> = {}) {
  const received: string[] = [];
  const routine: Record<string, unknown> = {
    '/oauth/token': { access_token: 'a-token', expires_in: 3_600 },
    '/api/v1/connected_accounts/details': { connected_account: { status: 'ACTIVE' } },
    '/api/v1/connected_accounts/magic_link': { link: 'https://acme.scalekit.com/magicLink/1' },
  };
  const server = createServer(async (request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    await text(request);
    received.push(path);
    const answer = script[path];
    if (answer) answer(request, response);
    else response.end(JSON.stringify(routine[path] ?? { id: 't1', title: 'A thing' }));
  });
  const { url, close } = await listenOnLoopback(server, 0);
  return { url, close, received, script };
}

export const reset: Answer = (_request, response) => void response.destroy();
export const hang: Answer = () => {};
export const answer =
  (status: number, body: unknown = {}): Answer =>
  (_request, response) =>
    void response.writeHead(status).end(JSON.stringify(body));

/** Returns these responses in order, and then repeats the last response. */
export function inTurn(...answers: Answer[]): Answer {
  let next = 0;
  return (request, response) => answers[Math.min(next++, answers.length - 1)]?.(request, response);
}
