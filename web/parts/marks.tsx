/** Every mark of the product, drawn in currentColor. Cut-outs take --mark-ink, answers their own background. */
import type { ReactNode } from 'react';

import type { MarkName } from '../markName.ts';

const turn = 'M9 14l-4 -4l4 -4M5 10h11a4 4 0 1 1 0 8h-1';
const line = { fill: 'none', stroke: 'currentColor', strokeLinecap: 'round', strokeLinejoin: 'round' } as const;
const ink = { ...line, stroke: 'var(--mark-ink)' } as const;
const box = (dashed = false) => (
  <rect
    x="1"
    y="1"
    width="14"
    height="14"
    rx="3.4"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.4"
    {...(dashed && { strokeDasharray: '2.4 2' })}
  />
);
const disc = <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.6" />;
const tabler = (d: string) => (
  <g transform="scale(.6667)">
    <path d={d} {...line} strokeWidth="1.9" />
  </g>
);

export const marks = {
  'class-full': (
    <>
      <circle cx="8" cy="8" r="7.2" fill="currentColor" />
      <path d="M7 4.6 4.4 7.1 7 9.6M4.7 7.1h4.2a2.1 2.1 0 0 1 0 4.2H7.4" {...ink} strokeWidth="1.5" />
    </>
  ),
  'class-window': (
    <>
      <circle cx="8" cy="8" r="6.5" {...line} strokeWidth="1.5" />
      <path d="M8 8V3.4A4.6 4.6 0 1 1 3.4 8z" fill="currentColor" />
    </>
  ),
  'class-manual-repair': (
    <>
      <path d="M4.3 1.2h7.4L15.4 8l-3.7 6.8H4.3L.6 8z" fill="currentColor" />
      <circle cx="8" cy="8" r="2.7" fill="var(--mark-ink)" />
    </>
  ),
  'class-forward-only': <path d="M1 2.2h8.2L15.4 8l-6.2 5.8H1L5 8z" fill="currentColor" />,
  'class-compensatable': (
    <>
      <rect x="1.2" y="1.2" width="13.6" height="13.6" rx="2.4" fill="currentColor" />
      <path d="M8 3.6v5M5.5 6.1h5M5.5 11.6h5" {...ink} strokeWidth="1.5" />
    </>
  ),
  'class-restore-only': (
    <>
      <path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" fill="currentColor" />
      <path d="M4.6 8h6.8" {...ink} strokeWidth="1.9" />
    </>
  ),
  'status-preparing': (
    <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.6 2.3" />
  ),
  'status-moving': (
    <>
      <circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" strokeOpacity=".3" strokeWidth="1.8" />
      <path className="arc" d="M8 1.8A6.2 6.2 0 0 1 14.2 8" {...line} strokeWidth="2" />
      <circle cx="8" cy="8" r="2.2" fill="currentColor" />
    </>
  ),
  'status-needs-a-person': (
    <>
      <path d="M8 .6 15.4 8 8 15.4.6 8z" fill="currentColor" />
      <path d="M8 4.6v4" {...ink} strokeWidth="1.7" />
      <circle cx="8" cy="11" r="1" fill="var(--mark-ink)" />
    </>
  ),
  'status-in-place': (
    <>
      <circle cx="8" cy="8" r="6.3" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="m5.2 8.2 2 2 3.6-4" {...line} strokeWidth="1.7" />
    </>
  ),
  'status-taken-back': tabler(turn),
  'status-failed': <path d="m4 4 8 8M12 4l-8 8" {...line} strokeWidth="2" />,
  'status-stopped': (
    <>
      {disc}
      <path d="m3.8 12.2 8.4-8.4" stroke="currentColor" strokeWidth="1.6" />
    </>
  ),
  'drift-clean': (
    <>
      {box()}
      <path d="M5 6.4h6M5 9.6h6" {...line} strokeWidth="1.6" />
    </>
  ),
  'drift-already-restored': (
    <>
      {box()}
      <path d="M7 4.6 4.6 7 7 9.4M4.8 7h4a2 2 0 0 1 0 4H7.4" {...line} strokeWidth="1.6" />
    </>
  ),
  'drift-compatible': (
    <>
      {box()}
      <path
        d="M4.6 6.9c1.2-1.5 2.2-1.5 3.4-.5s2.2 1 3.4-.5M4.6 10.4c1.2-1.5 2.2-1.5 3.4-.5s2.2 1 3.4-.5"
        {...line}
        strokeWidth="1.6"
      />
    </>
  ),
  'drift-conflicting': (
    <>
      {box()}
      <path d="M5 6.4h6M5 9.6h6M10 4 6 12" {...line} strokeWidth="1.6" />
    </>
  ),
  'drift-gone-re-creatable': (
    <>
      {box(true)}
      <path d="M8 5v6M5 8h6" {...line} strokeWidth="1.6" />
    </>
  ),
  'drift-gone': (
    <>
      {box(true)}
      <path d="M5.2 10.8 10.8 5.2M8 4.6a3.4 3.4 0 1 0 .01 0" {...line} strokeWidth="1.6" />
    </>
  ),
  'answer-yes': (
    <>
      <circle cx="8" cy="8" r="7" fill="var(--green-bg)" stroke="currentColor" strokeWidth="1.3" />
      <path d="m5 8.2 2.1 2.1L11 6" {...line} strokeWidth="1.6" />
    </>
  ),
  'answer-no': (
    <>
      <rect
        x="1.2"
        y="1.2"
        width="13.6"
        height="13.6"
        rx="1.6"
        fill="var(--brick-bg)"
        stroke="currentColor"
        strokeWidth="1.3"
      />
      <path d="m5.3 5.3 5.4 5.4M10.7 5.3l-5.4 5.4" {...line} strokeWidth="1.6" />
    </>
  ),
  'answer-unknown': (
    <>
      <path d="M8 .8 15.2 8 8 15.2.8 8z" {...line} fill="var(--ochre-bg)" strokeWidth="1.3" />
      <path d="M6.3 6.5a1.75 1.75 0 1 1 2.6 1.5c-.6.35-.9.7-.9 1.3" {...line} strokeWidth="1.5" />
      <circle cx="8" cy="11.4" r=".95" fill="currentColor" />
    </>
  ),
  skipped: <path d="M3.5 3.4v9.2L10 8zM13 3v10" {...line} strokeWidth="1.5" />,
  hand: (
    <>
      <circle cx="8" cy="4.6" r="2.7" {...line} strokeWidth="1.5" />
      <path d="M2.8 14c.3-3 2.4-4.6 5.2-4.6s4.9 1.6 5.2 4.6" {...line} strokeWidth="1.5" />
    </>
  ),
  pause: <path d="M5 3h1.8v10H5zM9.2 3H11v10H9.2z" {...line} strokeWidth="1.4" />,
  import: <path d="M8 2v8M4.8 7 8 10.2 11.2 7M2.6 13.6h10.8" {...line} strokeWidth="1.6" />,
} satisfies Record<MarkName, ReactNode>;
