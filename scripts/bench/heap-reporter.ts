// Imported into a measured process. Its parent asks for the size of the heap after a garbage collection: V8 frees memory late,
// so the resident memory does not show whether anything accumulates.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

process.on('message', () => {
  collectGarbage();
  process.send?.({ heapBytes: process.memoryUsage().heapUsed });
});
process.channel?.unref();
