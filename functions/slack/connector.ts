import { defineConnector } from 'scalekit-lambda-tools';
import { slackErrors } from './errors.ts';

export const slack = defineConnector({ name: 'slack', errors: slackErrors });
