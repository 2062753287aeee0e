/** An error response of Salesforce. Its body is always a list of errors. */
export class SalesforceError extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, errorCode: string, message: string, fields?: readonly string[]) {
    super(message);
    this.status = status;
    this.body = [{ message, errorCode, ...(fields && { fields }) }];
  }
}

export const noSuchResource = () =>
  new SalesforceError(404, 'NOT_FOUND', 'The requested resource does not exist');

export function noSuchColumn(field: string, object: string): SalesforceError {
  return new SalesforceError(
    400,
    'INVALID_FIELD',
    `No such column '${field}' on entity '${object}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
  );
}
