import type { ServerResponse } from 'node:http';
import { sendHtml } from '../html/html-page.ts';
import { type HttpExchange, readForm } from './http-exchange.ts';
import { renderConsentPage, renderMessagePage } from './magic-link-page.ts';
import type { MagicLink, MagicLinks } from './magic-links.ts';
import { findOwnGrant, type Grant } from './scalekit-seed.ts';
import type { ScalekitState } from './scalekit-state.ts';

export const MAGIC_LINK_PREFIX = '/magicLink/';

const CLOSED_LINK_ANSWERS = {
  unknown: [404, 'There is no such link.'],
  expired: [410, 'This link has expired. Ask the application for a new one.'],
  used: [410, 'This link was already used. Ask the application for a new one.'],
} as const;

export interface MagicLinkRoutesOptions {
  readonly state: ScalekitState;
  readonly links: MagicLinks;
}

/** Serves the consent page, which stands in for the page of the real provider. */
export function createMagicLinkRoutes({ state, links }: MagicLinkRoutesOptions) {
  return async ({ request, response, pathname, record }: HttpExchange): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'POST') {
      response.setHeader('allow', 'GET, POST');
      sendMessage(response, 405, 'Method not allowed', 'This page only accepts GET and POST.');
      return;
    }
    const found = links.find(pathname.slice(MAGIC_LINK_PREFIX.length));
    if (found.outcome !== 'open') {
      const [status, message] = CLOSED_LINK_ANSWERS[found.outcome];
      sendMessage(response, status, 'Link not valid', message);
      return;
    }
    const { link } = found;
    record.connection = link.connection;
    record.identifier = link.identifier;
    if (state.findAccount(link.connection, link.identifier) === undefined) {
      sendMessage(response, 410, 'Link not valid', 'The account of this link was deleted.');
      return;
    }
    const { connector } = state.connection(link.connection);
    const grants = state.grantsOf(connector);
    const preselected = findOwnGrant(grants, connector, link.identifier) ?? grants[0];
    if (request.method === 'GET') {
      sendHtml(response, 200, renderConsentPage({ ...link, connector, grants, preselected }), 'same-origin');
      return;
    }
    const label = (await readForm(request)).get('grant');
    const grant = label === null ? preselected : grants.find((candidate) => candidate.label === label);
    if (grant === undefined) {
      sendMessage(response, 400, 'Not connected', 'There is no such grant. Choose one from the list.');
      return;
    }
    confirm(response, link, grant);
  };

  function confirm(response: ServerResponse, link: MagicLink, { accessToken, label }: Grant): void {
    const { connection, identifier, userVerifyUrl } = link;
    links.use(link);
    if (userVerifyUrl === undefined) {
      state.setAccount(connection, identifier, { status: 'ACTIVE', accessToken });
      sendMessage(response, 200, 'Connected', `${identifier} is now connected to ${connection} as ${label}.`);
      return;
    }
    state.setAccount(connection, identifier, { status: 'PENDING_VERIFICATION', accessToken });
    const location = links.awaitVerification(link, userVerifyUrl);
    response.writeHead(303, { location, 'cache-control': 'no-store' });
    response.end();
  }
}

function sendMessage(response: ServerResponse, status: number, title: string, message: string): void {
  sendHtml(response, status, renderMessagePage(title, message));
}
