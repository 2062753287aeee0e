import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import * as z from 'zod';

const Segment = z.looseObject({ name: z.string(), id: z.string() });

/**
 * Starts a server that receives traces in place of the X-Ray daemon of a Lambda environment.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-daemon
 */
export async function startTraceDaemon() {
  const segments: z.output<typeof Segment>[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (message) => {
    const [, document = ''] = message.toString().split('\n');
    segments.push(Segment.parse(JSON.parse(document)));
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    address: `127.0.0.1:${socket.address().port}`,
    segments,
    close: () => new Promise<void>((resolve) => socket.close(resolve)),
  };
}
