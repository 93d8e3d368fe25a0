import { exactWords, momentWords } from '../time.ts';
import { useNow } from '../useNow.ts';
import { useZone } from '../useZone.ts';

/** When something was; UTC shows on hover, and everywhere when the zone in the rail is switched. */
export function Moment({ at, isExact = false }: { readonly at: string; readonly isExact?: boolean }) {
  const now = useNow();
  const zone = useZone();
  return (
    <time dateTime={at} title={at} className="nowrap">
      {isExact ? exactWords(at, zone) : momentWords(at, now, zone)}
    </time>
  );
}
