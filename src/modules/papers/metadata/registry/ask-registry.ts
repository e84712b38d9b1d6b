import type { Context } from '../../../../context.ts';
import { readBody } from './read-body.ts';
import type { MetadataLimits, Registry } from './registry.ts';
import { readRetryAfter } from './retry-after.ts';
import { pauseRegistry, takeSlot } from './take-slot.ts';
import { Unavailable } from './unavailable.ts';

/** The state of one call of `lookUp`. After a registry has failed, the call skips it. */
export type LookUpRun = Readonly<{
  ctx: Context;
  signal: AbortSignal;
  limits: MetadataLimits;
  userAgent: string;
  failures: Map<string, Unavailable>;
}>;

const MAX_REDIRECTS = 2;
const REDIRECTS = [301, 302, 303, 307, 308];
const OVERLOADED = [429, 503];
const MISSING = [404, 410];

/**
 * Returns the text of a response with status 200 or one of `readable`, or null if the registry does not have the work.
 * Throws Unavailable for every other failure.
 */
export async function askRegistry(
  run: LookUpRun,
  registry: Registry,
  path: string,
  readable: readonly number[] = [],
): Promise<string | null> {
  const failed = run.failures.get(registry.name);
  if (failed) throw failed;
  try {
    if (run.signal.aborted) throw new Unavailable('cancelled', true);
    return await ask(run, registry, path, readable);
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    const failure = new Unavailable(`${registry.name}: ${error.message}`, error.concernsRegistry);
    if (failure.concernsRegistry) run.failures.set(registry.name, failure);
    throw failure;
  }
}

async function ask(run: LookUpRun, registry: Registry, path: string, readable: readonly number[]) {
  await waitForSlot(run, registry);
  const ending = AbortSignal.any([run.signal, AbortSignal.timeout(run.limits.requestTimeoutMs)]);
  const response = await send(new URL(registry.base + path), registry, run, ending);
  const { status } = response;
  if (status === 200 || readable.includes(status)) return readWithin(run, response);
  await response.body?.cancel().catch(() => {});
  if (MISSING.includes(status)) return null;
  if (OVERLOADED.includes(status)) {
    await pauseRegistry(run.ctx, registry, readRetryAfter(response.headers));
  }
  throw new Unavailable(`answered ${status}`, !concernsOneWork(status));
}

/** Any other 4xx status concerns the requested work, not the registry. */
function concernsOneWork(status: number): boolean {
  return status >= 400 && status < 500 && ![401, 403, 407, 408, 429].includes(status);
}

async function waitForSlot({ ctx, limits, signal }: LookUpRun, registry: Registry): Promise<void> {
  try {
    await takeSlot(ctx, registry, limits.maxWaitMs, signal);
  } catch (error) {
    throw signal.aborted ? new Unavailable('cancelled', true) : error;
  }
}

/** Crossref redirects between the DOIs of a work. Redirects to other servers are not followed. */
async function send(url: URL, { accept }: Registry, run: LookUpRun, ending: AbortSignal): Promise<Response> {
  let address = url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await fetchOnce(address, accept, run, ending);
    if (!REDIRECTS.includes(response.status)) return response;
    await response.body?.cancel().catch(() => {});
    address = readLocation(response, address);
  }
  throw new Unavailable('redirects too often', false);
}

async function fetchOnce(url: URL, accept: string, run: LookUpRun, ending: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, {
      redirect: 'manual',
      signal: ending,
      headers: { 'user-agent': run.userAgent, accept },
    });
  } catch (error) {
    throw failureOf(error, run);
  }
}

function readLocation(response: Response, from: URL): URL {
  const location = URL.parse(response.headers.get('location') ?? '', from.href);
  if (location?.origin !== from.origin) throw new Unavailable('redirects to another server', true);
  return location;
}

async function readWithin(run: LookUpRun, response: Response): Promise<string> {
  try {
    return await readBody(response, run.limits.maxBytes);
  } catch (error) {
    throw error instanceof Unavailable ? error : failureOf(error, run);
  }
}

function failureOf(error: unknown, { signal, limits }: LookUpRun): Unavailable {
  if (signal.aborted) return new Unavailable('cancelled', true);
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new Unavailable(`no response within ${limits.requestTimeoutMs} ms`, true);
  }
  return new Unavailable(`unreachable${codeOf(error)}`, true);
}

/** Returns a code such as ECONNREFUSED. The error message is not used, because it may contain the URL. */
function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string'
    ? ` (${cause.code})`
    : '';
}
