/**
 * Every address of the console. Pages are loaded when somebody goes there; what an address may say is checked by the
 * page's own `search.ts`.
 */
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import * as z from 'zod/mini';
import { flowFilters, flowPlace } from './pages/flows/search.ts';
import { requestPlace } from './pages/request/search.ts';
import { requestFilters } from './pages/requests/search.ts';
import { uploadPlace } from './pages/upload/search.ts';
import { meQuery, NobodySignedIn } from './session/me.ts';
import { Frame } from './shell/frame.tsx';
import { CrashPage, NotFoundPage } from './shell/trouble-pages.tsx';

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Outlet });

/** Where to go after signing in: a place of ours, never another site's. */
const signInSearch = z.object({
  to: z.catch(z.optional(z.string().check(z.regex(/^\/(?![/\\])/), z.maxLength(2000))), undefined),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: signInSearch,
  component: lazyRouteComponent(() => import('./pages/sign-in/page.tsx'), 'SignInPage'),
});

const setPassword = createRoute({
  getParentRoute: () => root,
  path: '/set-password',
  component: lazyRouteComponent(() => import('./pages/set-password/page.tsx'), 'SetPasswordPage'),
});

/** Pages inside the frame are for those who are signed in. */
const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  component: Frame,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.queries.ensureQueryData(meQuery);
    } catch (error) {
      if (error instanceof NobodySignedIn) {
        throw redirect({ to: '/sign-in', search: { to: location.href } });
      }
      throw error;
    }
  },
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/requests' });
  },
});

const requests = createRoute({
  getParentRoute: () => frame,
  path: '/requests',
  validateSearch: requestFilters,
  component: lazyRouteComponent(() => import('./pages/requests/page.tsx'), 'RequestsPage'),
});

const newRequest = createRoute({
  getParentRoute: () => frame,
  path: '/requests/new',
  validateSearch: uploadPlace,
  component: lazyRouteComponent(() => import('./pages/upload/page.tsx'), 'UploadPage'),
});

const request = createRoute({
  getParentRoute: () => frame,
  path: '/requests/$id',
  validateSearch: requestPlace,
  component: lazyRouteComponent(() => import('./pages/request/page.tsx'), 'RequestPage'),
});

const flows = createRoute({
  getParentRoute: () => frame,
  path: '/flows',
  validateSearch: flowFilters,
  component: lazyRouteComponent(() => import('./pages/flows/page.tsx'), 'FlowsPage'),
});

const flow = createRoute({
  getParentRoute: () => frame,
  path: '/flows/$id',
  validateSearch: flowPlace,
  component: lazyRouteComponent(() => import('./pages/flows/builder/page.tsx'), 'FlowPage'),
});

const users = createRoute({
  getParentRoute: () => frame,
  path: '/users',
  component: lazyRouteComponent(() => import('./pages/users/page.tsx'), 'UsersPage'),
});

const you = createRoute({
  getParentRoute: () => frame,
  path: '/you',
  component: lazyRouteComponent(() => import('./pages/you/page.tsx'), 'YouPage'),
});

const tree = root.addChildren([
  home,
  signIn,
  setPassword,
  frame.addChildren([users, you, requests, newRequest, request, flows, flow]),
]);

export function createConsoleRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: 'intent',
    defaultNotFoundComponent: NotFoundPage,
    defaultErrorComponent: CrashPage,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
