export type Value = string | number | boolean | null;
export type Row = Record<string, Value> & { Id: string };

/**
 * The data of an organisation: its records, and the query results whose later pages have not been requested.
 */
export interface Organisation {
  records: Record<string, Row[]>;
  queries: Record<string, unknown[]>;
  /** The number of records that were added since the start. */
  made: number;
}

// Higher than the serial numbers of the initial records.
const FIRST_SERIAL = 1_000;
const SERIAL_LENGTH = 10;
const CHUNK_LENGTH = 5;
const SUFFIX_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * Returns a record ID with 18 characters. The last three characters encode which of the first 15 are
 * capitals.
 */
export function recordIdOf(keyPrefix: string, serial: number): string {
  const short = `${keyPrefix}HB${String(serial).padStart(SERIAL_LENGTH, '0')}`;
  const suffix = [0, 1, 2].map((chunk) => {
    const letters = [...short.slice(chunk * CHUNK_LENGTH, (chunk + 1) * CHUNK_LENGTH)];
    const bits = letters.map((letter, bit) => (/[A-Z]/.test(letter) ? 2 ** bit : 0));
    return SUFFIX_CHARACTERS[bits.reduce((sum, bit) => sum + bit, 0)];
  });
  return short + suffix.join('');
}

/** Returns whether two IDs belong to the same record. Each ID may have 15 or 18 characters. */
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

/** Returns a time in Salesforce's format, such as 2026-05-03T15:57:00.000+0000. */
export function salesforceTime(date: Date): string {
  return date.toISOString().replace('Z', '+0000');
}

/**
 * Returns the IDs of the user, and of all queues and groups that contain the user directly, through a role, or through
 * another group.
 */
export function groupsOf(organisation: Organisation, userId: string): Set<string> {
  const roleId = rowOf(organisation, 'User', userId)?.UserRoleId;
  const ofRole = rowsOf(organisation, 'Group').filter(
    ({ Type, RelatedId }) => Type === 'Role' && RelatedId === roleId && roleId !== undefined,
  );
  const members = new Set([userId, ...ofRole.map(({ Id }) => Id)]);
  // The loop adds groups to the set while it runs, so it also visits the added groups.
  for (const member of members) {
    for (const { GroupId, UserOrGroupId } of rowsOf(organisation, 'GroupMember')) {
      if (UserOrGroupId === member) members.add(String(GroupId));
    }
  }
  return members;
}
