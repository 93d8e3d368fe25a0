/** The name of a group of fields. No heading: a form inside a page has no chapters. */
export function GroupTitle({ id, title }: { readonly id?: string; readonly title?: string | undefined }) {
  return title ? (
    <span id={id} className="group-title">
      {title}
    </span>
  ) : null;
}
