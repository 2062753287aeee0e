import type { LocalExamples } from '../../../local/providers/local-provider.ts';
import { freeSlots, MEETING_LINKS } from './meeting-slots.ts';
import { seedState } from './state.ts';

/**
 * The first free slots may be booked or past after the stack has run for some time, so the example uses a
 * later slot.
 */
const SLOTS_AHEAD = 30;

/**
 * Returns example inputs. The free slots depend on the current day, so the inputs are computed when the stack
 * starts.
 */
export function examples(): LocalExamples {
  const [link] = MEETING_LINKS;
  const slot = link && freeSlots(seedState(), link, 30)[SLOTS_AHEAD];
  if (!slot) return {};
  return {
    hubspot_book_meeting: {
      slug: link.slug,
      start: new Date(slot.startMillisUtc).toISOString(),
      duration_minutes: 30,
      email: 'lena@cityferries.example',
      first_name: 'Lena',
      last_name: 'Fuchs',
    },
    hubspot_get_contact_timeline: { contact_id: 'lena@cityferries.example' },
    // `since` is in the last month with free slots. In an earlier month, a replay with invented times could
    // request a second month, which was not recorded.
    hubspot_list_meeting_slots: {
      slug: 'ada-okafor',
      since: new Date(Date.now() + 41 * 86_400_000).toISOString().slice(0, 10),
    },
    hubspot_list_stale_deals: { idle_days: 30 },
    hubspot_log_communication: {
      contact_id: 'lena@cityferries.example',
      channel: 'SMS',
      text: 'The offer is on its way.',
      author: 'Ada Okafor',
    },
    hubspot_set_subscription_status: {
      email: 'priya@greencampus.example',
      subscription: 'Workshop news',
      status: 'UNSUBSCRIBED',
    },
  };
}
