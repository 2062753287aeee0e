interface ObjectType {
  /** The number of the object type in the URLs of its records. */
  typeId: string;
  /**
   * The association type from this type to contacts. `fromContact` is the association type from contacts to
   * this type.
   */
  toContact: number;
  fromContact: number;
  readScopes: readonly string[];
  /** The properties that HubSpot returns in every response. */
  defaults: readonly string[];
  texts: readonly string[];
  numbers?: readonly string[];
  times?: readonly string[];
}

const EVERYWHERE = ['hs_object_id', 'hs_lastmodifieddate'];
const contactScope = ['crm.objects.contacts.read'];

function engagement(
  typeId: string,
  toContact: number,
  texts: string[],
  more: Partial<ObjectType> = {},
): ObjectType {
  const times = ['hs_timestamp', 'hs_createdate', 'hs_lastmodifieddate'];
  const defaults = [...EVERYWHERE, 'hs_createdate'];
  return {
    typeId,
    toContact,
    fromContact: toContact - 1,
    readScopes: contactScope,
    defaults,
    texts: [...texts, 'hubspot_owner_id'],
    times,
    ...more,
  };
}

/** The object types in this emulator, with their properties. */
export const OBJECT_TYPES = new Map<string, ObjectType>([
  [
    'contacts',
    {
      typeId: '0-1',
      toContact: 449,
      fromContact: 449,
      readScopes: contactScope,
      defaults: [...EVERYWHERE, 'createdate', 'email', 'firstname', 'lastname'],
      texts: ['email', 'firstname', 'lastname', 'hs_additional_emails'],
      times: ['createdate'],
    },
  ],
  [
    'companies',
    {
      typeId: '0-2',
      toContact: 280,
      fromContact: 279,
      readScopes: ['crm.objects.companies.read'],
      defaults: [...EVERYWHERE, 'createdate', 'name', 'domain'],
      texts: ['name', 'domain', 'city'],
      times: ['createdate'],
    },
  ],
  [
    'tickets',
    {
      typeId: '0-5',
      toContact: 16,
      fromContact: 15,
      readScopes: ['tickets'],
      defaults: [...EVERYWHERE, 'createdate', 'subject', 'hs_pipeline_stage'],
      texts: ['subject', 'hs_pipeline_stage'],
      times: ['createdate'],
    },
  ],
  [
    'deals',
    {
      typeId: '0-3',
      toContact: 3,
      fromContact: 4,
      readScopes: ['crm.objects.deals.read'],
      defaults: [...EVERYWHERE, 'createdate', 'dealname', 'dealstage', 'pipeline', 'amount', 'closedate'],
      texts: ['dealname', 'pipeline', 'dealstage', 'deal_currency_code', 'hubspot_owner_id', 'hs_is_closed'],
      numbers: ['amount'],
      times: ['createdate', 'closedate', 'notes_last_updated', 'notes_next_activity_date'],
    },
  ],
  [
    'orders',
    {
      typeId: '0-123',
      toContact: 507,
      fromContact: 508,
      readScopes: ['crm.objects.orders.read'],
      defaults: [...EVERYWHERE, 'hs_createdate'],
      texts: [
        'hs_order_name',
        'hs_external_order_id',
        'hs_external_order_status',
        'hs_fulfillment_status',
        'hs_payment_status',
        'hs_billing_address_name',
        'hs_billing_address_email',
        'hs_currency_code',
        'hs_source_store',
      ],
      numbers: ['hs_total_price'],
      times: ['hs_createdate', 'hs_external_created_date'],
    },
  ],
  [
    'invoices',
    {
      typeId: '0-53',
      toContact: 177,
      fromContact: 178,
      readScopes: ['crm.objects.invoices.read'],
      defaults: [...EVERYWHERE, 'hs_createdate'],
      texts: ['hs_number', 'hs_title', 'hs_invoice_status', 'hs_currency'],
      numbers: ['hs_amount_billed', 'hs_balance_due'],
      times: ['hs_createdate', 'hs_due_date'],
    },
  ],
  ['notes', engagement('0-46', 202, ['hs_note_body'])],
  [
    'calls',
    engagement('0-48', 194, [
      'hs_call_title',
      'hs_call_body',
      'hs_call_direction',
      'hs_call_from_number',
      'hs_call_to_number',
      'hs_call_disposition',
      'hs_call_status',
    ]),
  ],
  [
    'emails',
    engagement(
      '0-49',
      198,
      [
        'hs_email_subject',
        'hs_email_text',
        'hs_email_html',
        'hs_email_direction',
        'hs_email_status',
        'hs_email_from_email',
        'hs_email_to_email',
        'hs_email_headers',
      ],
      { readScopes: [...contactScope, 'sales-email-read'] },
    ),
  ],
  [
    'meetings',
    engagement('0-47', 200, [
      'hs_meeting_title',
      'hs_meeting_body',
      'hs_internal_meeting_notes',
      'hs_meeting_outcome',
    ]),
  ],
  ['postal_mail', engagement('0-116', 453, ['hs_postal_mail_body'], { fromContact: 454 })],
  [
    'tasks',
    engagement('0-27', 204, ['hs_task_subject', 'hs_task_body', 'hs_task_status'], {
      times: ['hs_timestamp', 'hs_createdate', 'hs_lastmodifieddate', 'hs_task_completion_date'],
    }),
  ],
  [
    'communications',
    engagement(
      '0-18',
      81,
      ['hs_communication_channel_type', 'hs_communication_logged_from', 'hs_communication_body'],
      { fromContact: 82 },
    ),
  ],
]);
