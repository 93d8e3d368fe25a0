import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';

import { changesSearch } from './changesSearch.ts';
import { ChangesPage } from './pages/ChangesPage.tsx';
import { NotFoundPage } from './pages/NotFoundPage.tsx';
import { Frame } from './parts/Frame.tsx';
import { proposeSearch } from './proposeSearch.ts';

const root = createRootRoute({ component: Frame, notFoundComponent: NotFoundPage });
const at = <const Path extends string>(path: Path) => ({ getParentRoute: () => root, path });

const routes = root.addChildren([
  createRoute({
    ...at('/'),
    beforeLoad: () => {
      throw redirect({ to: '/changes' });
    },
  }),
  createRoute({ ...at('/changes'), validateSearch: changesSearch, component: ChangesPage }),
  createRoute({
    ...at('/changes/new'),
    validateSearch: proposeSearch,
    component: lazyRouteComponent(() => import('./pages/ProposePage.tsx'), 'ProposePage'),
  }),
  createRoute({
    ...at('/changes/$id'),
    component: lazyRouteComponent(() => import('./pages/ChangePage.tsx'), 'ChangePage'),
  }),
  createRoute({
    ...at('/operations'),
    component: lazyRouteComponent(() => import('./pages/OperationsPage.tsx'), 'OperationsPage'),
  }),
  createRoute({
    ...at('/connections'),
    component: lazyRouteComponent(() => import('./pages/ConnectionsPage.tsx'), 'ConnectionsPage'),
  }),
  createRoute({
    ...at('/evidence'),
    component: lazyRouteComponent(() => import('./pages/EvidencePage.tsx'), 'EvidencePage'),
  }),
]);

/** Addresses are plain: every value is a word, none is JSON. */
export const router = createRouter({
  routeTree: routes,
  scrollRestoration: true,
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const words = Object.entries(search).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    );
    const text = new URLSearchParams(words).toString();
    return text && `?${text}`;
  },
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
