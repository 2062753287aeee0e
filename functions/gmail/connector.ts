import { defineConnector } from 'scalekit-lambda-tools';
import { gmailErrors } from './errors.ts';

export const gmail = defineConnector({ name: 'gmail', errors: gmailErrors });
