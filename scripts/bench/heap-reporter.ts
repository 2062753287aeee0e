// Imported into a measured process. When the parent process asks, it collects garbage and sends the size of the heap.
// The resident memory would not show a leak, because V8 returns unused memory late.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

process.on('message', () => {
  collectGarbage();
  process.send?.({ heapBytes: process.memoryUsage().heapUsed });
});
process.channel?.unref();
