import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as z from 'zod';
import { readBody } from '../gateway/read-body.ts';
import { sendHtml } from '../html/send-html.ts';
import type { Issuer } from '../issuer/start-issuer.ts';
import { listenOnLoopback } from '../listen-on-loopback.ts';
import { renderConnectedPage, renderOutcome } from './connected-page.ts';

const PATH = '/connected';
const FORM_LIMIT_BYTES = 16 * 1024;

const ReturnedQuery = z.object({ auth_request_id: z.string().min(1), state: z.string().default('') });
const Form = ReturnedQuery.extend({ user: z.string().min(1) });
const Verified = z.object({ connector: z.string(), status: z.string().nullable() });
const Refused = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

export interface ApplicationOptions {
  port?: number;
  /** Gives the application's own tokens. */
  issuer: Issuer;
  /** Who can be signed in. */
  users: () => readonly string[];
  /** Where the tools' API is; known once the application is asked. */
  apiUrl: () => string;
}

export interface Application {
  url: string;
  /** The page at USER_VERIFY_URL. */
  userVerifyUrl: string;
  close(): Promise<void>;
}

/**
 * A stand-in for the application's own page behind USER_VERIFY_URL. Anybody on this machine can be any user of it; a
 * real one takes the user from its session, and compares the state with the one that it kept there.
 */
export async function startApplication({
  port = 0,
  issuer,
  users,
  apiUrl,
}: ApplicationOptions): Promise<Application> {
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (response.headersSent) return void response.destroy();
      const message = error instanceof Error ? error.message : 'The page failed.';
      send(response, 500, 'Not finished', message);
    });
  });
  const listener = await listenOnLoopback(server, port, { linkedPaths: new RegExp(`^${PATH}$`) });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = URL.parse(`http://localhost${request.url ?? '/'}`) ?? {};
    switch (`${request.method} ${pathname}`) {
      case `GET ${PATH}`:
        return show(response, Object.fromEntries(searchParams ?? []));
      case `POST ${PATH}`:
        return finish(response, await readForm(request));
      default:
        return send(response, 404, 'Not found', 'There is only the page /connected.');
    }
  }

  function show(response: ServerResponse, query: Record<string, string>): void {
    const { success, data } = ReturnedQuery.safeParse(query);
    if (!success) {
      send(response, 400, 'Nothing to finish', 'This page is reached from the consent page.');
      return;
    }
    const { auth_request_id: authRequestId, state } = data;
    sendHtml(response, 200, renderConnectedPage({ authRequestId, state }, users()), 'same-origin');
  }

  async function finish(response: ServerResponse, form: Record<string, string>): Promise<void> {
    const { success, data } = Form.safeParse(form);
    if (!success) return send(response, 400, 'Not finished', 'Say who is signed in.');
    const { user, ...verification } = data;
    const answer = await fetch(`${apiUrl()}/accounts/verify`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await issuer.sign({ sub: user })}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(verification),
    });
    const body: unknown = await answer.json();
    const verified = Verified.safeParse(body).data;
    if (answer.ok && verified) {
      const told = `The account of ${user} on ${verified.connector} is ${verified.status ?? 'verified'}.`;
      return send(response, 200, 'Connected', told);
    }
    const { code, message } = Refused.safeParse(body).data?.error ?? { code: 'error', message: '' };
    send(response, answer.status, 'Not connected', `For ${user}: ${code}. ${message}`);
  }

  return { url: listener.url, userVerifyUrl: `${listener.url}${PATH}`, close: listener.close };
}

function send(response: ServerResponse, status: number, title: string, message: string): void {
  sendHtml(response, status, renderOutcome(title, message), 'same-origin');
}

async function readForm(request: IncomingMessage): Promise<Record<string, string>> {
  const body = await readBody(request, FORM_LIMIT_BYTES);
  return body === 'too large' ? {} : Object.fromEntries(new URLSearchParams(body.toString()));
}
