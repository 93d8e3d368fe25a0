import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';

/** A way to the server that passes everything on, and cuts the line right after a COMMIT has gone through. */
export async function cutAfterCommit(to: URL): Promise<{ readonly url: URL; close(): Promise<void> }> {
  const proxy = createServer((near) => {
    const far = connect(Number(to.port), to.hostname);
    let hasCommitted = false;
    near.on('data', (sent) => {
      hasCommitted ||= sent.includes('commit\0');
      far.write(sent);
    });
    far.on('data', (answer) => (hasCommitted ? near.destroy() : near.write(answer)));
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const)
      one.on('close', () => other.destroy()).on('error', () => other.destroy());
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const url = new URL(to);
  url.port = String((proxy.address() as AddressInfo).port);
  return {
    url,
    close: async () => {
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
