// Imported into a measured process. The parent process requests the size of the heap after a garbage collection. The
// resident memory would not show a leak, because V8 frees memory late.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

process.on('message', () => {
  collectGarbage();
  process.send?.({ heapBytes: process.memoryUsage().heapUsed });
});
process.channel?.unref();
