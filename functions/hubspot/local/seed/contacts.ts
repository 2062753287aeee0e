import type { CrmRecord } from '../crm-record.ts';
import { seedRecord } from './seed-record.ts';

const PEOPLE: readonly (readonly [number, string, string, string])[] = [
  [9001, 'Lena', 'Fuchs', 'lena@cityferries.example'],
  [9002, 'Marta', 'Silva', 'marta@tidewheel.example'],
  [9003, 'Tomas', 'Berg', 'tomas@berg-family.example'],
  [9004, 'Priya', 'Nair', 'priya@greencampus.example'],
  [9005, 'Otto', 'Lind', 'otto@fixedgear.example'],
];

export function contacts(): CrmRecord[] {
  return PEOPLE.map(([id, firstname, lastname, email]) =>
    seedRecord('contacts', id, '2026-02-03T08:00:00.000Z', { firstname, lastname, email }),
  );
}
