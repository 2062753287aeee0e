import { type ProviderClient, path, ToolError } from 'scalekit-lambda-tools';
import { isApiName } from './api-name.ts';
import { type Description, describeObject, nameFieldOf, recordUrl } from './described-object.ts';
import { queryPage } from './query-page.ts';
import { fieldValue, RecordResponse } from './record-fields.ts';
import { isRecordId } from './record-id.ts';
import { soql, syntax } from './soql.ts';

// Each object needs two requests.
const OBJECTS_MAX = 5;
const AMOUNT_FIELDS_MAX = 20;
const AMOUNTS_MAX = 3;
// The most important amounts of Salesforce's standard objects. They come before the amounts in custom fields.
const MAIN_AMOUNT = /^(?:Amount|GrandTotal|TotalAmount|TotalPrice)$/;
const CURRENCY = 'CurrencyIsoCode';
const RecordsResponse = queryPage(RecordResponse);

/** Data about a record that helps a user to decide on a request. */
export interface DecisionFacts {
  record_name: string | null;
  amounts: { field: string; value: string }[];
  currency: string | null;
  url: string | null;
}

type KnownFacts = DecisionFacts & { isVisible: boolean };

const NO_FACTS: KnownFacts = { record_name: null, amounts: [], currency: null, url: null, isVisible: false };

/** Adds the record's name, amounts and URL to requests that wait for a decision. */
export async function withDecisionFacts<Item extends Request>(
  api: ProviderClient,
  items: readonly Item[],
): Promise<{ items: (Item & DecisionFacts)[]; missing: (string | false)[] }> {
  const byObject = Map.groupBy(items, ({ record_type }) => record_type ?? '');
  const objects = [...byObject.keys()].filter(isApiName);
  const read = objects.slice(0, OBJECTS_MAX);
  const results = await Promise.all(read.map((object) => factsOf(api, object, byObject.get(object) ?? [])));
  const facts = new Map(results.flatMap((result) => [...(result ?? [])]));
  const unread = objects.filter((_, index) => !results[index]);
  const hidden = items.filter(
    ({ record_id, record_type }) =>
      record_id !== null && !unread.includes(record_type ?? '') && !facts.get(record_id)?.isVisible,
  );
  return {
    items: items.map((item) => {
      const { record_name, isVisible: _, ...known } = facts.get(item.record_id ?? '') ?? NO_FACTS;
      return { ...item, ...known, record_name: item.record_name ?? record_name };
    }),
    missing: [
      unread.length > 0 && `Amounts and pages of records of ${unread.slice(0, OBJECTS_MAX).join(', ')}.`,
      hidden.length > 0 && `Amounts of ${hidden.length} records that the account cannot see.`,
    ],
  };
}

/** A pending approval request for a record. */
interface Request {
  record_id: string | null;
  record_name: string | null;
  record_type: string | null;
}

/** Returns data about records of one object, or undefined if the account cannot read the object. */
async function factsOf(
  api: ProviderClient,
  object: string,
  requests: readonly Request[],
): Promise<Map<string, KnownFacts> | undefined> {
  try {
    const description = await describeObject(api, object);
    const ids = [...new Set(requests.flatMap(({ record_id }) => record_id ?? []))].filter(isRecordId);
    const amountFields = amountFieldsOf(description);
    const hasCurrency = description.fields.some(({ name }) => name === CURRENCY);
    const fields = [nameFieldOf(description), ...amountFields, ...(hasCurrency ? [CURRENCY] : [])];
    // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_query.htm
    const { body } = await api.get(path`/query`, {
      query: {
        q: soql`SELECT ${syntax(['Id', ...new Set(fields)].join(', '))} FROM ${syntax(object)} WHERE Id IN ${ids}`,
      },
      response: RecordsResponse,
    });
    const found = new Map(body.records.map((record) => [record.Id, record]));
    return new Map(
      ids.map((recordId) => [
        recordId,
        {
          ...toFacts(found.get(recordId), fields[0] ?? '', amountFields),
          url: recordUrl(description, recordId),
          isVisible: found.has(recordId),
        },
      ]),
    );
  } catch (error) {
    if (error instanceof ToolError) return undefined;
    throw error;
  }
}

function toFacts(
  record: RecordResponse | undefined,
  nameField: string,
  amountFields: readonly string[],
): Omit<DecisionFacts, 'url'> {
  const amounts = amountFields.flatMap((field) => {
    const value = fieldValue(record, field);
    return value === null ? [] : [{ field, value }];
  });
  return {
    record_name: fieldValue(record, nameField),
    amounts: amounts.slice(0, AMOUNTS_MAX),
    currency: fieldValue(record, CURRENCY),
  };
}

function amountFieldsOf({ fields }: Description): string[] {
  const rank = (name: string) => (MAIN_AMOUNT.test(name) ? 0 : name.endsWith('__c') ? 1 : 2);
  return fields
    .filter(({ type }) => type === 'currency')
    .map(({ name }) => name)
    .sort((one, other) => rank(one) - rank(other))
    .slice(0, AMOUNT_FIELDS_MAX);
}
