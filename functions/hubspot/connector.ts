import { defineConnector } from 'scalekit-lambda-tools';
import { hubspotErrors } from './errors.ts';

export const hubspot = defineConnector({ name: 'hubspot', errors: hubspotErrors });
