import { hash } from 'node:crypto';
import { join } from 'node:path';
import { type Context, isTransaction } from '../context.ts';
import { openThreadPool } from '../threads/thread-pool.ts';
import type { MarkdownResult, MarkdownTask, Placement, TextFacts, TextReferences } from './perform-task.ts';
import { makeResultCache } from './result-cache.ts';

/**
 * All code outside this folder reads and renders Markdown through this file. Parsing takes quadratic time for some texts,
 * so it runs in threads: on the event loop, one such text would stop the node for seconds.
 */

export type { Placement, TextFacts, TextReferences };

/** A text of 100,000 characters takes a third of it, an ordinary item a hundredth. */
const READING_CPU_LIMIT_MS = 1_000;
/** Higher, so that every text that can be read can be rendered: the HTML is made from the same tree. */
const RENDERING_CPU_LIMIT_MS = 3_000;

/** Until a thread starts on a text. A request may have hundreds of texts, and those of one API key are read one by one. */
const MAX_WAIT_MS = 60_000;
/** Shorter, because a transaction holds locks and a connection. */
const MAX_WAIT_IN_TRANSACTION_MS = 10_000;

const pool = openThreadPool<MarkdownTask, MarkdownResult>({
  program: join(import.meta.dirname, 'markdown-worker.ts'),
  maxThreads: 2,
});

/** Who reads a text, perhaps in a transaction. */
type Reader = Pick<Context, 'actor'>;

/** Null if the task takes too long. */
type Outcome = { result: MarkdownResult } | null;

/** In characters: the texts and the HTML of several issues. */
const cache = makeResultCache<Outcome>(1_500_000);
const running = new Map<string, Promise<Outcome>>();

/** Finds the media files that a text shows and links to. Null if that takes too long. */
export async function readReferences(ctx: Reader, markdown: string): Promise<TextReferences | null> {
  const result = await perform(ctx, { kind: 'references', markdown }, READING_CPU_LIMIT_MS);
  return result?.kind === 'references' ? result.references : null;
}

/** `language` is a BCP 47 tag. Null if reading the text takes too long. */
export async function readFacts(ctx: Reader, markdown: string, language: string): Promise<TextFacts | null> {
  // The facts include the references, so they take at least as long.
  if (cache.get(keyOf({ kind: 'references', markdown })) === null) return null;
  const result = await perform(ctx, { kind: 'facts', markdown, language }, READING_CPU_LIMIT_MS);
  return result?.kind === 'facts' ? result.facts : null;
}

/** Renders a text to sanitized HTML. Null if that takes too long. */
export async function renderText(
  ctx: Reader,
  markdown: string,
  placement: Placement,
): Promise<string | null> {
  const result = await perform(ctx, { kind: 'html', markdown, placement }, RENDERING_CPU_LIMIT_MS);
  return result?.kind === 'html' ? result.html : null;
}

/** Caches results, because each look at the readiness of an issue needs those of all its texts. Null is cached, too. */
async function perform(ctx: Reader, task: MarkdownTask, cpuLimitMs: number): Promise<MarkdownResult | null> {
  const key = keyOf(task);
  const cached = cache.get(key);
  if (cached !== undefined) return cached?.result ?? null;
  const owner = ctx.actor.id ?? ctx.actor.name;
  const maxWaitMs = isTransaction(ctx) ? MAX_WAIT_IN_TRANSACTION_MS : MAX_WAIT_MS;
  const outcome = await oncePerOwner(`${owner} ${key}`, () =>
    pool.run(task, { owner, cpuLimitMs, maxWaitMs }),
  );
  cache.set(key, outcome, sizeOf(outcome?.result));
  return outcome?.result ?? null;
}

/** Joins a task of the same owner, because an issue may have a text twice. The turn of another owner may come later. */
function oncePerOwner(key: string, run: () => Promise<Outcome>): Promise<Outcome> {
  const known = running.get(key);
  if (known) return known;
  const outcome = run().finally(() => running.delete(key));
  running.set(key, outcome);
  return outcome;
}

function keyOf(task: MarkdownTask): string {
  if (task.kind === 'references') return hashOf(task.kind, task.markdown);
  if (task.kind === 'facts') return hashOf(task.kind, task.language, task.markdown);
  const { figures, anchor, addresses, place } = task.placement;
  return hashOf(task.kind, anchor, place, [...figures], [...addresses], task.markdown);
}

function hashOf(...parts: unknown[]): string {
  return hash('sha256', JSON.stringify(parts));
}

function sizeOf(result: MarkdownResult | undefined): number {
  return result ? JSON.stringify(result).length : 0;
}
