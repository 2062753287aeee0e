import { ScalekitForbiddenException, ScalekitNotFoundException } from '@scalekit-sdk/node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type ScalekitEmulator,
  startScalekitEmulator,
} from '../../../local/scalekit/start-scalekit-emulator.ts';
import { createClient, createSeed } from './emulator-fixture.ts';

describe('the magic link', () => {
  let emulator: ScalekitEmulator;
  beforeEach(async () => {
    emulator = await startScalekitEmulator({ seed: createSeed('http://127.0.0.1:1') });
    emulator.setAccount('slack-main', 'carol', {});
  });
  afterEach(async () => {
    vi.useRealTimers();
    await emulator.close();
  });

  const carol = { connectionName: 'slack-main', identifier: 'carol' };

  async function getLink(options: { state?: string; userVerifyUrl?: string } = {}): Promise<string> {
    return (await createClient(emulator).actions.getAuthorizationLink({ ...carol, ...options })).link;
  }

  function confirm(link: string, form: Record<string, string> = {}): Promise<Response> {
    return fetch(link, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  }

  it("leads to a page that shows the user and the connection, with the user's grant selected", async () => {
    const response = await fetch(await getLink());
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const page = await response.text();
    expect(page).toContain('<strong>carol</strong>');
    expect(page).toContain('<strong>slack-main</strong>');
    expect(page).toContain('<option value="Somebody else">');
    expect(page).toContain('<option value="Carol &lt;&quot;&amp;&#39;&gt;" selected>');
    expect(page).not.toContain('Carol <');
    expect(page).not.toContain('Alice');
    expect(page).not.toContain('slack-token');
    expect(emulator.getAccount('slack-main', 'carol')?.status).toBe('PENDING_AUTH');
  });

  it('makes the account ACTIVE at once if no verification is needed', async () => {
    const link = await getLink();
    const response = await confirm(link);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('carol is now connected to slack-main');
    expect(emulator.getAccount('slack-main', 'carol')).toMatchObject({
      status: 'ACTIVE',
      accessToken: 'slack-token-carol',
    });
    expect(emulator.requests.at(-1)).toMatchObject({
      kind: 'magic-link',
      status: 200,
      connection: 'slack-main',
      identifier: 'carol',
    });

    expect((await confirm(link)).status).toBe(410);
    expect((await fetch(link)).status).toBe(410);
  });

  it('gives the account the token of the chosen grant, and rejects an unknown grant', async () => {
    const link = await getLink();
    expect((await confirm(link, { grant: 'Alice' })).status).toBe(400);
    expect(emulator.getAccount('slack-main', 'carol')?.status).toBe('PENDING_AUTH');
    expect((await confirm(link, { grant: 'Somebody else' })).status).toBe(200);
    expect(emulator.getAccount('slack-main', 'carol')?.accessToken).toBe('slack-token-else');
  });

  it('makes the account ACTIVE only after the same user is verified', async () => {
    const { actions } = createClient(emulator);
    const link = await getLink({ state: 'a&b=c', userVerifyUrl: 'https://app.example/verify?from=test' });
    const response = await confirm(link);
    expect(response.status).toBe(303);
    const location = new URL(response.headers.get('location') ?? '');
    expect(location.origin + location.pathname).toBe('https://app.example/verify');
    expect(location.searchParams.get('from')).toBe('test');
    expect(location.searchParams.get('state')).toBe('a&b=c');
    const authRequestId = location.searchParams.get('auth_request_id') ?? '';
    expect(emulator.getAccount('slack-main', 'carol')?.status).toBe('PENDING_VERIFICATION');

    await expect(actions.verifyConnectedAccountUser({ authRequestId, identifier: 'alice' })).rejects.toThrow(
      ScalekitForbiddenException,
    );
    expect(emulator.getAccount('slack-main', 'carol')?.status).toBe('PENDING_VERIFICATION');

    await actions.verifyConnectedAccountUser({ authRequestId, identifier: 'carol' });
    expect(emulator.getAccount('slack-main', 'carol')).toMatchObject({
      status: 'ACTIVE',
      accessToken: 'slack-token-carol',
    });
    await expect(actions.verifyConnectedAccountUser({ authRequestId, identifier: 'carol' })).rejects.toThrow(
      ScalekitNotFoundException,
    );
  });

  it('leads back to the application without a state if the request had no state', async () => {
    const response = await confirm(await getLink({ userVerifyUrl: 'http://localhost:3000/verify' }));
    expect(response.headers.get('location')).toMatch(
      /^http:\/\/localhost:3000\/verify\?auth_request_id=[\w-]+$/,
    );
  });

  it('expires after ten minutes', async () => {
    const link = await getLink();
    const createdAtMs = Date.now();
    vi.useFakeTimers({ toFake: ['Date'], now: createdAtMs + 9 * 60_000 });
    expect((await fetch(link)).status).toBe(200);
    vi.setSystemTime(createdAtMs + 10 * 60_000);
    expect((await fetch(link)).status).toBe(410);
    expect((await confirm(link)).status).toBe(410);
    expect(emulator.getAccount('slack-main', 'carol')?.status).toBe('PENDING_AUTH');
  });

  it('is unknown if it was invented, if its account was deleted, or after a reset', async () => {
    expect((await fetch(`${emulator.url}/magicLink/made-up`)).status).toBe(404);
    const link = await getLink();
    emulator.deleteAccount('slack-main', 'carol');
    expect((await confirm(link)).status).toBe(410);
    expect(emulator.getAccount('slack-main', 'carol')).toBeUndefined();
    emulator.reset();
    expect((await fetch(link)).status).toBe(404);
  });
});
