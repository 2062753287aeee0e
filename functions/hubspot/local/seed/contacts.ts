import { timeAt } from '../../../../local/providers/story-time.ts';
import { type CrmRecord, seedRecord } from '../crm-record.ts';

const PEOPLE: readonly (readonly [number, string, string, string])[] = [
  [9001, 'Lena', 'Fuchs', 'lena@cityferries.example'],
  [9002, 'Marta', 'Silva', 'marta@tidewheel.example'],
  [9003, 'Tomas', 'Berg', 'tomas@berg-family.example'],
  [9004, 'Priya', 'Nair', 'priya@greencampus.example'],
  [9005, 'Otto', 'Lind', 'otto@fixedgear.example'],
  // A second contact with the name Tomas Berg.
  [9006, 'Tomas', 'Berg', 'tomas.berg@cityferries.example'],
];

const MERGED = 'lena@cityferries.example';

export function contacts(): CrmRecord[] {
  return PEOPLE.map(([id, firstname, lastname, email]) => {
    // This contact was merged with an older contact, so it also has the older contact's address.
    const others = email === MERGED ? { hs_additional_emails: 'fuchs@northport-ferries.example' } : {};
    return seedRecord('contacts', id, timeAt(-292, '08:00'), { firstname, lastname, email, ...others });
  });
}

export function companies(): CrmRecord[] {
  const ferries = { name: 'City Ferries', domain: 'cityferries.example', city: 'Northport' };
  return [seedRecord('companies', 9101, timeAt(-292, '08:00'), ferries, [9001])];
}

export function tickets(): CrmRecord[] {
  const late = { subject: 'Repair ticket 5120 is late', hs_pipeline_stage: '1' };
  return [seedRecord('tickets', 9201, timeAt(-3, '09:30'), late, [9003])];
}
