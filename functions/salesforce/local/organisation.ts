export type Value = string | number | boolean | null;
export type Row = Record<string, Value> & { Id: string };

/** The records of an organisation, and the queries of which pages are left. */
export interface Organisation {
  records: Record<string, Row[]>;
  queries: Record<string, unknown[]>;
  /** Counts the records that were made since the start. */
  made: number;
}

// Above those of the seed.
const FIRST_SERIAL = 1_000;
const SERIAL_LENGTH = 10;
const CHUNK_LENGTH = 5;
const SUFFIX_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The long form of an ID: the last three characters say which of the others are capitals. */
export function recordIdOf(keyPrefix: string, serial: number): string {
  const short = `${keyPrefix}HB${String(serial).padStart(SERIAL_LENGTH, '0')}`;
  const suffix = [0, 1, 2].map((chunk) => {
    const letters = [...short.slice(chunk * CHUNK_LENGTH, (chunk + 1) * CHUNK_LENGTH)];
    const bits = letters.map((letter, bit) => (/[A-Z]/.test(letter) ? 2 ** bit : 0));
    return SUFFIX_CHARACTERS[bits.reduce((sum, bit) => sum + bit, 0)];
  });
  return short + suffix.join('');
}

/** Both forms of an ID name the same record. */
export function isSameId(one: string, other: string): boolean {
  return one.slice(0, 15) === other.slice(0, 15);
}

export function rowsOf({ records }: Organisation, object: string): Row[] {
  return records[object] ?? [];
}

export function rowOf(organisation: Organisation, object: string, id: string): Row | undefined {
  return rowsOf(organisation, object).find((row) => isSameId(row.Id, id));
}

/** Adds a record with the next free ID. */
export function addRow(
  organisation: Organisation,
  { name, keyPrefix }: { name: string; keyPrefix: string },
  values: Record<string, Value>,
): Row {
  const now = salesforceTime(new Date());
  organisation.made += 1;
  const rows = rowsOf(organisation, name);
  const row = {
    Id: recordIdOf(keyPrefix, FIRST_SERIAL + organisation.made),
    CreatedDate: now,
    LastModifiedDate: now,
    ...values,
  };
  organisation.records[name] = [...rows, row];
  return row;
}

/** Such as 2026-05-03T15:57:00.000+0000. */
export function salesforceTime(date: Date): string {
  return date.toISOString().replace('Z', '+0000');
}

/** The queues and groups of a user: directly, by role, or by a group within a group. */
export function groupsOf(organisation: Organisation, userId: string): Set<string> {
  const roleId = rowOf(organisation, 'User', userId)?.UserRoleId;
  const ofRole = rowsOf(organisation, 'Group').filter(
    ({ Type, RelatedId }) => Type === 'Role' && RelatedId === roleId && roleId !== undefined,
  );
  const members = new Set([userId, ...ofRole.map(({ Id }) => Id)]);
  // A set that grows while it is walked.
  for (const member of members) {
    for (const { GroupId, UserOrGroupId } of rowsOf(organisation, 'GroupMember')) {
      if (UserOrGroupId === member) members.add(String(GroupId));
    }
  }
  return members;
}
