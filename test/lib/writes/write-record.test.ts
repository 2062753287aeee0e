import { describe, expect, test } from 'vitest';
import { recordOf } from '../../../lib/writes/write-record.ts';

const item = {
  id: 'a'.repeat(64),
  status: 'INPROGRESS',
  expiration: 1_767_323_045,
  in_progress_expiration: 1_767_236_645_678,
  validation: 'b'.repeat(64),
  data: 'claim-1',
};

describe('recordOf', () => {
  test.each([
    ['INPROGRESS', 'claim-1'],
    ['COMPLETED', '{"output":{}}'],
    ['COMPLETED', ''],
  ])('returns the record of an item with the status %s and %j', (status, data) => {
    // Act
    const record = recordOf({ ...item, status, data, added: 'by a later version' });

    // Assess
    expect(record).toStrictEqual({
      status,
      expiresAtMs: 1_767_323_045_000,
      endsAtMs: 1_767_236_645_678,
      inputHash: 'b'.repeat(64),
      data,
    });
  });

  test.each([
    ['no item', undefined],
    ['an item with another status', { ...item, status: 'EXPIRED' }],
    ['an item with a text as its time', { ...item, expiration: '1767323045' }],
    ['an item with an invalid number as its time', { ...item, in_progress_expiration: Number.NaN }],
    ...['status', 'expiration', 'in_progress_expiration', 'validation', 'data'].map(
      (name): [string, unknown] => [`an item without ${name}`, { ...item, [name]: undefined }],
    ),
  ])('rejects %s', (_, rawItem) => {
    // Act
    const read = () => recordOf(rawItem);

    // Assess
    expect(read).toThrow(expect.objectContaining({ name: 'ToolError', code: 'outcome_unknown' }));
  });
});
