import type { ReactNode } from 'react';

interface CardProps {
  readonly id?: string;
  readonly title: ReactNode;
  /** One line beside the title. */
  readonly note?: ReactNode;
  /** At the far end of the head. */
  readonly aside?: ReactNode;
  readonly children?: ReactNode;
  /** The body reaches the edges, as a table does. */
  readonly isFlush?: boolean;
}

export function Card({ id, title, note, aside, children, isFlush = false }: CardProps) {
  return (
    <section
      className="card"
      id={id}
      aria-label={typeof title === 'string' ? title : undefined}
      tabIndex={id ? -1 : undefined}
    >
      <header className="card-head">
        <h2>{title}</h2>
        {note !== undefined && <span className="card-note">{note}</span>}
        {aside !== undefined && <span className="card-aside">{aside}</span>}
      </header>
      {children !== undefined && <div className={isFlush ? 'card-body card-flush' : 'card-body'}>{children}</div>}
    </section>
  );
}
