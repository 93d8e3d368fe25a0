import IconLock from '@tabler/icons-react/dist/esm/icons/IconLock.mjs';

import type { Json } from '../../src/model/json.ts';
import { isSealed } from '../fieldRows.ts';
import { cutMiddle, shortHash } from '../names.ts';

/** One recorded value. A secret shows its lock and fingerprint; nothing reveals it and nothing copies it. */
export function Value({ value, field = '' }: { readonly value: Json | undefined; readonly field?: string }) {
  if (value === undefined || value === null) return <span className="meta">none</span>;
  if (isSealed(value)) return <Secret fingerprint={value.fingerprint} />;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const isHash = /^sha256:[0-9a-f]{64}$/.test(text);
  const short = isHash ? shortHash(text) : cutMiddle(text, 60);
  return (
    <span className="value">
      <span className="mono">
        {short === text ? (
          text || '""'
        ) : (
          <>
            <span className="on-screen" title={text}>
              {short}
            </span>
            <span className="on-paper">{text}</span>
          </>
        )}
      </span>
      {field === 'mode' && <Permissions mode={text} />}
    </span>
  );
}

/** Equal fingerprints mean equal secrets. */
function Secret({ fingerprint }: { readonly fingerprint: string }) {
  return (
    <span className="mono secret">
      <IconLock size={13} aria-hidden="true" />
      <span className="hidden">sealed secret, fingerprint ending </span>
      <span aria-hidden="true">••••••</span> {fingerprint.slice(-4)}
    </span>
  );
}

/** `0640` in the letters that `ls` uses. */
function Permissions({ mode }: { readonly mode: string }) {
  if (!/^[0-7]{3,4}$/.test(mode)) return null;
  const letters = [-3, -2, -1].map((at) => {
    const bits = Number(mode.at(at));
    return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${bits & 1 ? 'x' : '-'}`;
  });
  return <span className="permissions">{letters.join(' ')}</span>;
}
