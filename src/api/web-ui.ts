import { access } from 'node:fs/promises';
import { join, sep } from 'node:path';

import helmet from '@fastify/helmet';
import files from '@fastify/static';
import type { FastifyInstance } from 'fastify';

import { notFound } from './not-found.ts';

/**
 * The files of the web UI, where they have been built, and what answers where there is no route. What the build named
 * by its contents may be kept for ever; every page is asked for again. A page that is no file is one of the UI's own
 * addresses, and gets its start page.
 * @param root the folder that the build made
 */
export const webUi = async (server: FastifyInstance, root: string | undefined): Promise<void> => {
  if (root === undefined || !(await isBuilt(root))) {
    server.setNotFoundHandler(notFound);
    return;
  }
  await server.register(async (pages) => {
    await pages.register(helmet, pageHeaders);
    await pages.register(files, {
      root,
      dotfiles: 'ignore',
      cacheControl: false,
      setHeaders: (reply, path) => {
        const isNamed = path.includes(`${sep}assets${sep}`);
        reply.header('cache-control', isNamed ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
    pages.setNotFoundHandler((request, reply) => {
      const opensPage = request.method === 'GET' && request.headers.accept?.includes('text/html') === true;
      return opensPage && !request.url.startsWith('/api/') ? reply.sendFile('index.html') : notFound();
    });
  });
};

const isBuilt = (root: string): Promise<boolean> =>
  access(join(root, 'index.html')).then(
    () => true,
    () => false,
  );

/** Everything a page needs comes from this server; only styles may stand in the page (Mantine writes them there). */
const pageHeaders = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  },
  strictTransportSecurity: false, // decided by whoever puts TLS before it
  referrerPolicy: { policy: 'no-referrer' as const },
};
