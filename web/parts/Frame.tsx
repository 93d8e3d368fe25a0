import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';

import { polite, urgent } from '../announcement.ts';
import { useCell } from '../cell.ts';
import { followFacts } from '../live.ts';
import { places } from '../places.ts';
import { isAsked } from '../session.ts';
import { useKeys } from '../useKeys.ts';
import { Rail } from './Rail.tsx';

const SignInPage = lazy(async () => ({ default: (await import('../pages/SignInPage.tsx')).SignInPage }));
const KeySheet = lazy(async () => ({ default: (await import('./KeySheet.tsx')).KeySheet }));

/** Milliseconds in which what is shown is read again once, however many facts come. */
const together = { change: 250, changes: 1000 };

/** What stands around every page: places, live events, keys, and what is read out. */
export function Frame() {
  const mustSignIn = useCell(isAsked);
  const [hasKeySheet, setKeySheet] = useState(false);
  const navigate = useNavigate();
  useFresh();
  useTitle();
  useKeys({
    '?': () => setKeySheet(true),
    ...Object.fromEntries(places.map(({ key, to }) => [`g ${key}`, () => void navigate({ to })])),
  });
  if (mustSignIn)
    return (
      <Suspense>
        <SignInPage />
      </Suspense>
    );
  return (
    <div className="frame">
      <a href="#content" className="skip">
        Skip to the page
      </a>
      <Rail onKeys={() => setKeySheet(true)} />
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
      {hasKeySheet && (
        <Suspense>
          <KeySheet onLeave={() => setKeySheet(false)} />
        </Suspense>
      )}
      <ReadOut />
    </div>
  );
}

function ReadOut() {
  return (
    <>
      <p className="hidden" aria-live="polite">
        {useCell(polite)}
      </p>
      <p className="hidden" aria-live="assertive">
        {useCell(urgent)}
      </p>
    </>
  );
}

/** New facts make what is shown be read again; a burst of them, once. */
function useFresh(): void {
  const client = useQueryClient();
  useEffect(() => {
    const timers = new Map<string, ReturnType<typeof setTimeout>>();
    const readAgain = (name: string, ms: number) => {
      if (timers.has(name)) return;
      const later = () => {
        timers.delete(name);
        // What is on its way may be older than the fact, and to cut it off would lose the page that somebody asked for.
        if (client.isFetching({ queryKey: [name] }) > 0) readAgain(name, ms);
        else void client.invalidateQueries({ queryKey: [name] });
      };
      timers.set(name, setTimeout(later, ms));
    };
    const soon = () => {
      for (const [name, ms] of Object.entries(together)) readAgain(name, ms);
    };
    const stop = followFacts(soon, soon);
    return () => {
      for (const timer of timers.values()) clearTimeout(timer);
      stop();
    };
  }, [client]);
}

/** A new page starts at its heading, also for those who hear it; the tab is named by it. */
function useTitle(): void {
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const shown = useRef(path);
  useEffect(() => {
    let isArriving = shown.current !== path;
    shown.current = path;
    const settle = () => {
      const heading = document.querySelector<HTMLElement>('h1');
      document.title = heading?.textContent ? `${heading.textContent} · Recourse` : 'Recourse';
      // What was being read gives way to what has come, and takes the focus with it; until somebody acts.
      if (isArriving && !document.querySelector('main :focus, [role="dialog"]'))
        heading?.focus({ preventScroll: true });
    };
    const act = () => {
      isArriving = false;
    };
    if (isArriving && document.activeElement instanceof HTMLElement) document.activeElement.blur();
    settle();
    const watch = new MutationObserver(settle);
    const content = document.getElementById('content');
    if (content) watch.observe(content, { childList: true, subtree: true });
    document.addEventListener('keydown', act, { once: true });
    document.addEventListener('pointerdown', act, { once: true });
    return () => {
      watch.disconnect();
      document.removeEventListener('keydown', act);
      document.removeEventListener('pointerdown', act);
    };
  }, [path]);
}
