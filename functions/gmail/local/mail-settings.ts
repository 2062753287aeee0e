import type { Person } from '../../../local/providers/harbor-bikes.ts';
import type { TokenRefusal } from '../../../local/providers/token-guard.ts';
import { notFound } from './google-error.ts';
import type { MailboxFilter } from './mailbox.ts';

interface Alias {
  sendAsEmail: string;
  displayName: string;
  replyToAddress?: string;
}

export interface SettingsSeed {
  filters: readonly MailboxFilter[];
  forwardingAddresses?: readonly string[];
  aliases?: readonly Alias[];
}

const SETTINGS_PATH = /^\/gmail\/v1\/users\/me\/settings\/(\w+)(?:\/([^/]+))?$/;

/** The settings of one mailbox. The `emulate` package has only some of them. */
export class MailSettings {
  readonly #owner: Person;
  readonly #seed: SettingsSeed;
  #filters: { id: string; criteria: object; action: object }[] = [];

  constructor(owner: Person, seed: SettingsSeed) {
    this.#owner = owner;
    this.#seed = seed;
    this.reset();
  }

  reset(): void {
    this.#filters = this.#seed.filters.map(({ from, ...action }, index) => ({
      id: `ANe1Bm${this.#owner.handle}${index + 1}`,
      criteria: { from },
      action,
    }));
  }

  /** Returns the response to a request, or undefined if the request does not concern these settings. */
  answer(method: string, path: string): TokenRefusal | undefined {
    const [, kind = '', encoded] = SETTINGS_PATH.exec(path) ?? [];
    const id = encoded === undefined ? undefined : decodeURIComponent(encoded);
    if (kind === 'filters') return id === undefined ? this.#list(method) : this.#one(method, id);
    if (method !== 'GET' || id !== undefined) return undefined;
    const bodies = new Map<string, object>([
      ['autoForwarding', { enabled: false }],
      ['forwardingAddresses', this.#forwardingAddresses()],
      ['sendAs', { sendAs: this.#senders() }],
      ['pop', { accessWindow: 'disabled', disposition: 'leaveInInbox' }],
      ['vacation', { enableAutoReply: false }],
      ['imap', { enabled: true, autoExpunge: true, expungeBehavior: 'archive', maxFolderSize: 0 }],
    ]);
    const body = bodies.get(kind);
    return body && { status: 200, body };
  }

  #list(method: string): TokenRefusal | undefined {
    // If a list is empty, Gmail omits its field.
    const body = this.#filters.length > 0 ? { filter: this.#filters } : {};
    return method === 'GET' ? { status: 200, body } : undefined;
  }

  #one(method: string, id: string): TokenRefusal | undefined {
    const filter = this.#filters.find((candidate) => candidate.id === id);
    if (!filter) return notFound();
    if (method === 'GET') return { status: 200, body: filter };
    if (method !== 'DELETE') return undefined;
    this.#filters = this.#filters.filter((candidate) => candidate !== filter);
    return { status: 204, body: undefined };
  }

  #forwardingAddresses(): object {
    const { forwardingAddresses = [] } = this.#seed;
    if (forwardingAddresses.length === 0) return {};
    return {
      forwardingAddresses: forwardingAddresses.map((forwardingEmail) => ({
        forwardingEmail,
        verificationStatus: 'accepted',
      })),
    };
  }

  #senders(): object[] {
    const { name, email } = this.#owner;
    const primary = { sendAsEmail: email, displayName: name, isPrimary: true, isDefault: true };
    const aliases = (this.#seed.aliases ?? []).map((alias) => ({ ...alias, verificationStatus: 'accepted' }));
    return [primary, ...aliases].map((sender) => ({ replyToAddress: '', signature: '', ...sender }));
  }
}
