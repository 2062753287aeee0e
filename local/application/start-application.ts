import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as z from 'zod';
import { sendHtml } from '../html/html-page.ts';
import { readBody, requestUrl } from '../http-request.ts';
import type { Issuer } from '../issuer/start-issuer.ts';
import { listenOnLoopback } from '../listen-on-loopback.ts';
import { Router } from '../router.ts';
import { renderConnectedPage, renderConnectPage, renderOutcome } from './pages.ts';

const PATH = '/connected';
const CONNECT_PATH = '/connect';
const FORM_LIMIT_BYTES = 16 * 1024;

const ReturnedQuery = z.object({ auth_request_id: z.string().min(1), state: z.string().default('') });
const Form = ReturnedQuery.extend({ user: z.string().min(1) });
const ConnectQuery = z.object({ connector: z.string().min(1) });
const ConnectForm = ConnectQuery.extend({ user: z.string().min(1) });
const Link = z.object({ authorization_url: z.string() });
const Verified = z.object({ connector: z.string(), status: z.string().nullable() });
const Refused = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

/** @param values the fields of the query, or of the submitted form */
type Page = (response: ServerResponse, values: Record<string, string>) => void | Promise<void>;

export interface ApplicationOptions {
  port?: number;
  /** Signs the application's own tokens. */
  issuer: Issuer;
  /** The users who can sign in. */
  users: () => readonly string[];
  /**
   * Returns the URL of the tools' API. It is called for each request, because the API starts after this
   * server.
   */
  apiUrl: () => string;
}

export interface Application {
  url: string;
  /** The page at USER_VERIFY_URL. */
  userVerifyUrl: string;
  /** The page at CONNECT_URL. */
  connectUrl: string;
  close(): Promise<void>;
}

/**
 * Stands in for the application's pages at CONNECT_URL and USER_VERIFY_URL. Anyone on this machine can act as
 * any user of the stack. A real application knows the user from its session. Its page at CONNECT_URL stores
 * the state in that session, and its page at USER_VERIFY_URL compares the state.
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
  const listener = await listenOnLoopback(server, port, {
    linkedPaths: new RegExp(`^(?:${PATH}|${CONNECT_PATH})$`),
  });
  const router = new Router<Page>([
    [`GET ${PATH}`, showVerifyPage],
    [`POST ${PATH}`, verify],
    [`GET ${CONNECT_PATH}`, showConnectPage],
    [`POST ${CONNECT_PATH}`, startConsent],
  ]);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = requestUrl(request);
    const found = url && router.find(request.method, url.pathname);
    if (!found) return send(response, 404, 'Not found', 'The pages here are /connect and /connected.');
    const values = request.method === 'GET' ? Object.fromEntries(url.searchParams) : await readForm(request);
    await found.target(response, values);
  }

  function showConnectPage(response: ServerResponse, query: Record<string, string>): void {
    const { success, data } = ConnectQuery.safeParse(query);
    if (!success) {
      send(response, 400, 'Nothing to connect', 'The link to this page must name a connector.');
      return;
    }
    sendHtml(response, 200, renderConnectPage(data.connector, users()), 'same-origin');
  }

  async function startConsent(response: ServerResponse, form: Record<string, string>): Promise<void> {
    const { success, data } = ConnectForm.safeParse(form);
    if (!success) return send(response, 400, 'Not connected', 'Choose who is signed in.');
    const { user, connector } = data;
    const { status, body } = await postAs(user, `/accounts/${encodeURIComponent(connector)}/authorize`, {});
    const link = Link.safeParse(body).data;
    if (!link) return sendRefusal(response, status, user, body);
    response.writeHead(303, { location: link.authorization_url }).end();
  }

  async function postAs(
    user: string,
    path: string,
    body: object,
  ): Promise<{ status: number; body: unknown }> {
    const answer = await fetch(apiUrl() + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await issuer.sign({ sub: user })}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: await answer.json() };
  }

  function showVerifyPage(response: ServerResponse, query: Record<string, string>): void {
    const { success, data } = ReturnedQuery.safeParse(query);
    if (!success) {
      send(response, 400, 'Nothing to verify', 'Open this page from the consent page.');
      return;
    }
    const { auth_request_id: authRequestId, state } = data;
    sendHtml(response, 200, renderConnectedPage({ authRequestId, state }, users()), 'same-origin');
  }

  async function verify(response: ServerResponse, form: Record<string, string>): Promise<void> {
    const { success, data } = Form.safeParse(form);
    if (!success) return send(response, 400, 'Not finished', 'Choose who is signed in.');
    const { user, ...verification } = data;
    const { status, body } = await postAs(user, '/accounts/verify', verification);
    const verified = Verified.safeParse(body).data;
    if (verified) {
      const message = `The account of ${user} on ${verified.connector} is ${verified.status ?? 'verified'}.`;
      return send(response, 200, 'Connected', message);
    }
    sendRefusal(response, status, user, body);
  }

  return {
    url: listener.url,
    userVerifyUrl: `${listener.url}${PATH}`,
    connectUrl: `${listener.url}${CONNECT_PATH}`,
    close: listener.close,
  };
}

function sendRefusal(response: ServerResponse, status: number, user: string, body: unknown): void {
  const { code, message } = Refused.safeParse(body).data?.error ?? { code: 'error', message: '' };
  send(response, status, 'Not connected', `For ${user}: ${code}. ${message}`);
}

function send(response: ServerResponse, status: number, title: string, message: string): void {
  sendHtml(response, status, renderOutcome(title, message), 'same-origin');
}

async function readForm(request: IncomingMessage): Promise<Record<string, string>> {
  const body = await readBody(request, FORM_LIMIT_BYTES);
  return body === 'too large' ? {} : Object.fromEntries(new URLSearchParams(body.toString()));
}
