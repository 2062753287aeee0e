// Runs the local stack with many users. It runs in a separate process, so that this process's memory and sockets
// belong only to the stack.
import { startUsersStack } from './users-stack.ts';

const bed = await startUsersStack(Number(process.argv[2]));
process.send?.({ url: bed.stack.gateway.url, tokens: await bed.tokens() });
process.once('disconnect', () => process.exit());
