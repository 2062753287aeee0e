// Bundles load this module first, so that the access token is fetched while the rest of the function loads.
import { beginClient } from './scalekit/scalekit-client.ts';

if (process.env.AWS_LAMBDA_FUNCTION_NAME) beginClient(process.env);
