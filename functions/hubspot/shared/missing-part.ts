import type { ToolError } from 'scalekit-lambda-tools';

/** Says why a part of an answer is missing: because of a scope, or because HubSpot did not return it. */
export function reasonOf({ code }: ToolError, objects: string): string {
  return code === 'permission_denied'
    ? `the account lacks crm.objects.${objects}.read`
    : 'HubSpot did not return them';
}
