import { Link } from '@tanstack/react-router';

export function NotFoundPage() {
  return (
    <div className="stack">
      <h1 tabIndex={-1}>There is no such page</h1>
      <p className="second">
        The address names nothing here. <Link to="/changes">Show every change</Link>
      </p>
    </div>
  );
}
