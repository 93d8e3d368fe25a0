import { useQuery } from '@tanstack/react-query';

/** YAML of a change, of steps or of invocations: what one would write by hand. Secrets are already references. */
export function ChangeFile({ steps, label = 'Change file' }: { readonly steps: unknown; readonly label?: string }) {
  const { data: yaml } = useQuery({
    queryKey: ['yaml', steps],
    queryFn: async () => (await import('yaml')).stringify(steps, { lineWidth: 0 }).trimEnd(),
    staleTime: Infinity,
    placeholderData: (before) => before,
  });
  const lines = (yaml ?? '').split('\n');
  return (
    // A long line scrolls, so the block has to be in reach of the keyboard.
    <pre className="change-file mono" tabIndex={0} role="region" aria-label={label}>
      {lines.map((line, i) => (
        <Line key={i} line={line} />
      ))}
    </pre>
  );
}

function Line({ line }: { readonly line: string }) {
  const [, indent = '', name, rest = ''] = /^(\s*(?:- )?)([\w$.-]+:)(.*)$/.exec(line) ?? [];
  if (name === undefined) return <span>{`${line}\n`}</span>;
  return (
    <span>
      {indent}
      <span className={name.includes('.') ? 'invocation-operation' : 'second'}>{name}</span>
      {`${rest}\n`}
    </span>
  );
}
