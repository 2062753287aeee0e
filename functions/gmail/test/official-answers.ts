import type { Script } from '../../../local/testing/scripted-provider.ts';
import type { OfficialAnswers } from '../../../test/support/official-answers.ts';
import { NEWS_HEADERS } from '../local/ada-originals.ts';

// Google publishes no example responses. These responses have the documented fields of each resource:
// https://developers.google.com/workspace/gmail/api/reference/rest
const ID = '18c2f7a9d0e1b234';
const listed = {
  messages: [{ id: ID, threadId: ID }],
  nextPageToken: '09876543210987654321',
  resultSizeEstimate: 201,
};
const payload = {
  partId: '',
  mimeType: 'multipart/alternative',
  filename: '',
  headers: [
    { name: 'From', value: 'Grace Hopper <grace@example.com>' },
    { name: 'To', value: 'ada@example.com' },
    { name: 'Subject', value: 'Report' },
    { name: 'Date', value: 'Wed, 05 Nov 2025 12:00:00 +0000' },
    { name: 'Message-ID', value: '<CAA123@mail.example.com>' },
  ],
  body: { size: 0 },
  parts: [
    {
      partId: '0',
      mimeType: 'text/plain',
      filename: '',
      headers: [{ name: 'Content-Type', value: 'text/plain; charset="UTF-8"' }],
      body: { size: 30, data: 'SGkgQWRhLCB0aGUgcmVwb3J0IGlzIGF0dGFjaGVk' },
    },
  ],
};
const message = {
  id: ID,
  threadId: ID,
  labelIds: ['UNREAD', 'IMPORTANT', 'INBOX'],
  snippet: 'Hi Ada, the report is attached',
  historyId: '987600',
  internalDate: '1762344000000',
  sizeEstimate: 5321,
  payload,
};
const filter = {
  id: 'ANe1Bmj5k',
  criteria: { from: 'news@example.com' },
  action: { addLabelIds: ['Label_3'], removeLabelIds: ['INBOX'], forward: 'copy@example.com' },
};
const senders = [
  {
    sendAsEmail: 'ada@example.com',
    displayName: 'Ada',
    replyToAddress: '',
    signature: '<div>Ada</div>',
    isPrimary: true,
    isDefault: true,
  },
  {
    sendAsEmail: 'sales@example.com',
    displayName: 'Sales',
    replyToAddress: '',
    signature: '',
    isPrimary: false,
    isDefault: false,
    treatAsAlias: true,
    smtpMsa: { host: 'smtp.example.com', port: 587, securityMode: 'starttls' },
    verificationStatus: 'accepted',
  },
];

const answers = new Map<string, unknown>([
  ['GET /messages', listed],
  ['GET /threads', { threads: [{ id: ID, snippet: 'Hi Ada', historyId: '987600' }], resultSizeEstimate: 1 }],
  [`GET /threads/${ID}`, { id: ID, historyId: '987600', messages: [message] }],
  ['POST /drafts', { id: 'r-123', message: { id: '18c2f7a9d0e1b300', threadId: ID, labelIds: ['DRAFT'] } }],
  ['GET /settings/filters', { filter: [filter] }],
  ['GET /settings/filters/ANe1Bmj5k', filter],
  [
    'GET /settings/autoForwarding',
    { enabled: true, emailAddress: 'copy@example.com', disposition: 'leaveInInbox' },
  ],
  [
    'GET /settings/forwardingAddresses',
    { forwardingAddresses: [{ forwardingEmail: 'copy@example.com', verificationStatus: 'accepted' }] },
  ],
  ['GET /settings/sendAs', { sendAs: senders }],
]);

/**
 * Returns the message in the format of `format=metadata`: without a body. It has the headers that the request names,
 * or all headers if the request names none.
 */
function metadata(wanted: readonly string[]) {
  const headers = [...NEWS_HEADERS.map(([name, value]) => ({ name, value })), ...payload.headers].filter(
    ({ name }) => wanted.length === 0 || wanted.includes(name),
  );
  return { ...message, payload: { mimeType: payload.mimeType, headers } };
}

const script: Script = ({ method, url = '' }) => {
  const { pathname, searchParams } = new URL(url, 'https://gmail.example');
  const path = pathname.replace('/gmail/v1/users/me', '');
  if (path === `/messages/${ID}` && searchParams.get('format') === 'full') return { body: message };
  if (path === `/messages/${ID}`) return { body: metadata(searchParams.getAll('metadataHeaders')) };
  return method === 'DELETE' ? { status: 204, body: '' } : { body: answers.get(`${method} ${path}`) };
};

export const officialAnswers: OfficialAnswers = {
  gmail_audit_forwarding: { input: {}, script },
  gmail_draft_forward: { input: { message_id: ID, to: ['grace@example.com'] }, script },
  gmail_draft_reply: { input: { message_id: ID, text: 'Thank you.' }, script },
  gmail_get_unsubscribe_options: { input: { message_id: ID }, script },
  gmail_list_awaiting_reply: { input: {}, script },
  gmail_list_filters: { input: {}, script },
  gmail_list_unread: { input: {}, script },
  gmail_read_thread: { input: { thread_id: ID }, script },
  gmail_remove_filter: { input: { filter_id: filter.id }, script },
  gmail_triage_inbox: { input: {}, script },
};
