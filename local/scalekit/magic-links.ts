import { randomBytes } from 'node:crypto';
import { Code, ConnectError } from '@connectrpc/connect';

const LINK_LIFETIME_MS = 10 * 60 * 1000;
const ID_BYTES = 24;

export interface MagicLink {
  readonly id: string;
  readonly connection: string;
  readonly identifier: string;
  readonly state: string | undefined;
  readonly userVerifyUrl: string | undefined;
  readonly expiresAt: Date;
}

export type MagicLinkLookup =
  | { outcome: 'open'; link: MagicLink }
  | { outcome: 'unknown' | 'expired' | 'used' };

interface PendingVerification {
  readonly connection: string;
  readonly identifier: string;
}

/**
 * The consent links that were issued, and the consents for which the application has not verified the user
 * yet.
 */
export class MagicLinks {
  #links = new Map<string, MagicLink>();
  #usedIds = new Set<string>();
  #verifications = new Map<string, PendingVerification>();

  create(request: Omit<MagicLink, 'id' | 'expiresAt'>): MagicLink {
    const { userVerifyUrl } = request;
    if (userVerifyUrl !== undefined && !/^https?:$/.test(URL.parse(userVerifyUrl)?.protocol ?? '')) {
      throw new ConnectError('user_verify_url must be an http or https URL', Code.InvalidArgument);
    }
    const link = { ...request, id: randomId(), expiresAt: new Date(Date.now() + LINK_LIFETIME_MS) };
    this.#links.set(link.id, link);
    return link;
  }

  find(id: string): MagicLinkLookup {
    const link = this.#links.get(id);
    if (link === undefined) return { outcome: 'unknown' };
    if (this.#usedIds.has(id)) return { outcome: 'used' };
    if (link.expiresAt.getTime() <= Date.now()) return { outcome: 'expired' };
    return { outcome: 'open', link };
  }

  use(link: MagicLink): void {
    this.#usedIds.add(link.id);
  }

  /** Starts a verification. Returns the URL of the application's page that verifies the user. */
  awaitVerification({ connection, identifier, state }: MagicLink, userVerifyUrl: string): string {
    const authRequestId = randomId();
    this.#verifications.set(authRequestId, { connection, identifier });
    const target = new URL(userVerifyUrl);
    target.searchParams.set('auth_request_id', authRequestId);
    if (state !== undefined) target.searchParams.set('state', state);
    return target.href;
  }

  /**
   * Completes a verification. Throws an error if the identifier belongs to another user. After such an error,
   * the verification can be repeated.
   */
  verify(authRequestId: string, identifier: string): PendingVerification {
    const pending = this.#verifications.get(authRequestId);
    if (pending === undefined) {
      throw new ConnectError('auth request not found', Code.NotFound);
    }
    if (pending.identifier !== identifier) {
      throw new ConnectError('identifier does not match the auth request', Code.PermissionDenied);
    }
    this.#verifications.delete(authRequestId);
    return pending;
  }

  reset(): void {
    this.#links.clear();
    this.#usedIds.clear();
    this.#verifications.clear();
  }
}

function randomId(): string {
  return randomBytes(ID_BYTES).toString('base64url');
}
