import IconArrowForwardUp from '@tabler/icons-react/dist/esm/icons/IconArrowForwardUp.mjs';
import { Link } from '@tanstack/react-router';

import type { ChangeView } from '../../src/model/view.ts';
import { ActBar } from './ActBar.tsx';
import { Card } from './Card.tsx';
import { ChangeFile } from './ChangeFile.tsx';

/** Where no rollback can bring it back: the change that would, prefilled. */
export function WayForward({ change }: { readonly change: ChangeView }) {
  if (!change.wayForward) return null;
  return (
    <Card id="way-forward" title="The way forward">
      <p className="second">To bring back what was there before, make a new change. This is prefilled for you:</p>
      <ChangeFile steps={change.wayForward.steps} />
      <ActBar>
        <Link to="/changes/new" search={{ forward: change.id }} className="act act-filled act-page">
          <IconArrowForwardUp size={18} aria-hidden="true" />
          <span>Propose the way forward</span>
        </Link>
        <p className="act-note">Nothing happens until it is approved.</p>
      </ActBar>
    </Card>
  );
}
