/** A record of any kind of object. */
export interface CrmRecord {
  id: string;
  /** Such as `contacts`. */
  objects: string;
  properties: Record<string, string | null>;
  createdAt: string;
  updatedAt: string;
  /** The IDs of the contacts that it belongs to. */
  contactIds: string[];
  /** Other records that it belongs to, such as `companies/9101`. */
  links?: readonly string[];
}
