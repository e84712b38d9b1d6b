import type { Archive } from './archive.ts';
import type { Comparison, Contestant } from './measure-reads.ts';
import type { ServerChild } from './server-child.ts';

/** What Masthead sends, each beside bare routes that send the like. */
export async function planComparisons(
  bare: ServerChild,
  masthead: ServerChild,
  { issuePath, archivePath }: Archive,
): Promise<Comparison[]> {
  const issue = await look(masthead, issuePath);
  const archive = await look(masthead, archivePath);
  const ask = (name: string, server: ServerChild, path: string): Contestant => ({
    name,
    server,
    request: { path, status: 200 },
  });
  const askAgain = (name: string, server: ServerChild, path: string): Contestant => ({
    name,
    server,
    request: { path, status: 304, headers: { 'if-none-match': issue.etag } },
  });
  return [
    {
      subject: `One issue, ${issue.size} of JSON`,
      contestants: [
        ask('bare route, prepared Buffer', bare, '/issue'),
        ask('bare route, one named statement', bare, '/issue-from-database'),
        ask('Masthead', masthead, issuePath),
      ],
    },
    {
      subject: `Archive page of 20, ${archive.size} of JSON`,
      contestants: [
        ask('bare route, prepared Buffer', bare, '/archive'),
        ask('Masthead', masthead, archivePath),
      ],
    },
    {
      subject: '304 of the issue',
      contestants: [
        askAgain('bare route, same headers', bare, '/not-modified'),
        askAgain('Masthead', masthead, issuePath),
      ],
    },
  ];
}

async function look({ origin }: ServerChild, path: string): Promise<{ etag: string; size: string }> {
  const response = await fetch(`${origin}${path}`);
  const { byteLength } = await response.arrayBuffer();
  return { etag: response.headers.get('etag') ?? '', size: `${(byteLength / 1_000).toFixed(1)} KB` };
}
