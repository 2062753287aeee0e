import type { CataloguedTool } from '../console-api.ts';

export type ObjectSchema = CataloguedTool['inputSchema'];

/** JSON Schema as contracts have it. */
export type SchemaNode = ObjectSchema['properties'][string];
