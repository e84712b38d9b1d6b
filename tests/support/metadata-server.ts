import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { MetadataConfig } from '../../src/config.ts';
import { LIMITS, type MetadataLimits } from '../../src/modules/papers/metadata/registry/registry.ts';

type RegistryName = 'arxiv' | 'crossref' | 'datacite';

export type ArxivWork = {
  /** The id with its version, for example 2201.12086v2. */
  id: string;
  title: string;
  authors: string[];
  summary?: string;
  published?: string;
  doi?: string;
  journalRef?: string;
};

/** A fault to answer with: this response, no answer, half an answer, an endless answer or a closed connection. */
export type Mischief =
  | { status: number; headers?: Record<string, string>; body?: string }
  | 'hang'
  | 'stall'
  | 'flood'
  | 'cut';

export type MetadataRequest = { registry: RegistryName; url: URL; userAgent: string; accept: string };

/** Imitates arXiv, Crossref and DataCite with the works that a test adds. */
export type MetadataServer = {
  config: MetadataConfig;
  /** The requests since the test began. */
  requests: MetadataRequest[];
  addToArxiv(work: ArxivWork): void;
  /** Adds a work with this content of `message`. */
  addToCrossref(message: { DOI: string; [field: string]: unknown }): void;
  /** Adds a work with this content of `data.attributes`. */
  addToDatacite(attributes: { doi: string; [field: string]: unknown }): void;
  /** Injects a fault, or ends it with null. */
  misbehave(registry: RegistryName, mischief: Mischief | null): void;
  /** Resolves with the next request. */
  nextRequest(): Promise<MetadataRequest>;
};

/** The usual limits without the pauses that the real registries require. */
export const IN_HASTE: MetadataLimits = { ...LIMITS, intervalsMs: { arxiv: 0, crossref: 0, datacite: 0 } };

/** Call it at the start of a test file. Each test begins with working, empty registries. */
export function useMetadataServer(): MetadataServer {
  const registries = new Registries();
  const server = createServer((request, response) => registries.answer(request, response));
  const metadata: MetadataServer = {
    config: { isEnabled: true, site: null, contact: null, arxivUrl: '', crossrefUrl: '', dataciteUrl: '' },
    requests: registries.requests,
    addToArxiv: (work) => registries.arxiv.set(work.id.replace(/v\d+$/, ''), work),
    addToCrossref: (message) => registries.crossref.set(message.DOI.toLowerCase(), message),
    addToDatacite: (attributes) => registries.datacite.set(attributes.doi.toLowerCase(), attributes),
    misbehave: (registry, mischief) => registries.mischief.set(registry, mischief),
    nextRequest: () => registries.nextRequest(),
  };
  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const base = `http://127.0.0.1:${port}`;
    const addresses = {
      arxivUrl: `${base}/arxiv`,
      crossrefUrl: `${base}/crossref`,
      dataciteUrl: `${base}/datacite`,
    };
    metadata.config = { ...metadata.config, ...addresses };
  });
  beforeEach(() => registries.clear());
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return metadata;
}

class Registries {
  readonly requests: MetadataRequest[] = [];
  readonly arxiv = new Map<string, ArxivWork>();
  readonly crossref = new Map<string, object>();
  readonly datacite = new Map<string, object>();
  readonly mischief = new Map<RegistryName, Mischief | null>();
  private waiting: ((request: MetadataRequest) => void)[] = [];

  clear(): void {
    this.requests.length = 0;
    for (const map of [this.arxiv, this.crossref, this.datacite, this.mischief]) map.clear();
  }

  nextRequest(): Promise<MetadataRequest> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://registries');
    const [, registry] = url.pathname.split('/') as [string, RegistryName];
    const { accept = '', 'user-agent': userAgent = '' } = request.headers;
    const asked = { registry, url, userAgent, accept };
    this.requests.push(asked);
    for (const resolve of this.waiting.splice(0)) resolve(asked);
    const mischief = this.mischief.get(registry);
    if (mischief) misbehave(response, mischief);
    else if (registry === 'arxiv') this.answerAsArxiv(url, response);
    else if (registry === 'crossref') this.answerAsCrossref(url, response);
    else this.answerAsDatacite(url, response);
  }

  private answerAsArxiv(url: URL, response: ServerResponse): void {
    const ids = url.searchParams.get('id_list')?.split(',') ?? [];
    const odd = ids.find((id) => !/^(?:\d{4}\.\d{4,5}|[a-z-]+\/\d{7})$/.test(id));
    const works = ids.flatMap((id) => this.arxiv.get(id) ?? []);
    const entries = odd === undefined ? works.map(toEntry) : [toErrorEntry(odd)];
    const count = Math.min(entries.length, Number(url.searchParams.get('max_results') ?? 10));
    response.writeHead(odd === undefined ? 200 : 400, { 'content-type': 'application/atom+xml' });
    response.end(toFeed(entries.slice(0, count)));
  }

  private answerAsCrossref(url: URL, response: ServerResponse): void {
    const message = this.crossref.get(doiOf(url, '/crossref/works/'));
    if (message === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Resource not found.');
      return;
    }
    const whole = { status: 'ok', 'message-type': 'work', 'message-version': '1.0.0', message };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(whole));
  }

  private answerAsDatacite(url: URL, response: ServerResponse): void {
    const doi = doiOf(url, '/datacite/dois/');
    const attributes = this.datacite.get(doi);
    const found = { data: { id: doi, type: 'dois', attributes, relationships: {} } };
    const missing = { errors: [{ status: '404', title: 'There is nothing at this address.' }] };
    response.writeHead(attributes ? 200 : 404, { 'content-type': 'application/vnd.api+json' });
    response.end(JSON.stringify(attributes ? found : missing));
  }
}

function doiOf(url: URL, before: string): string {
  return decodeURIComponent(url.pathname.slice(before.length)).toLowerCase();
}

function misbehave(response: ServerResponse, mischief: Mischief): void {
  if (mischief === 'hang') return;
  if (mischief === 'cut') response.destroy();
  else if (mischief === 'stall') response.writeHead(200).write('{"message":');
  else if (mischief === 'flood') flood(response.writeHead(200));
  else response.writeHead(mischief.status, mischief.headers).end(mischief.body);
}

function flood(response: ServerResponse): void {
  const chunk = ' '.repeat(64 * 1024);
  const pour = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', pour);
  pour();
}

export function toFeed(entries: readonly string[]): string {
  return `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/q2Xw</id>
  <title>arXiv Query</title>
  <updated>2026-11-25T00:00:00Z</updated>
  <link href="https://arxiv.org/api/query" type="application/atom+xml"/>
  <opensearch:itemsPerPage>10</opensearch:itemsPerPage>
  <opensearch:totalResults>${entries.length}</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
  ${entries.join('\n  ')}
</feed>`;
}

export function toEntry(work: ArxivWork): string {
  const optional = (name: string, text?: string) =>
    text === undefined ? '' : `<arxiv:${name}>${escapeXml(text)}</arxiv:${name}>`;
  return `<entry>
    <id>http://arxiv.org/abs/${work.id}</id>
    <title>${escapeXml(work.title)}</title>
    <updated>2022-02-15T09:00:00Z</updated>
    <link href="https://arxiv.org/abs/${work.id}" rel="alternate" type="text/html"/>
    <summary>${escapeXml(work.summary ?? '')}</summary>
    <category term="cs.CV" scheme="http://arxiv.org/schemas/atom"/>
    <published>${work.published ?? '2022-01-28T12:49:48Z'}</published>
    <arxiv:comment>12 pages</arxiv:comment>
    <arxiv:primary_category term="cs.CV"/>
    ${optional('journal_ref', work.journalRef)}
    ${work.authors.map((name) => `<author><name>${escapeXml(name)}</name></author>`).join('')}
    ${optional('doi', work.doi)}
  </entry>`;
}

export function toErrorEntry(id: string): string {
  return `<entry>
    <id>https://arxiv.org/api/errors#incorrect_id_format_for_${id}</id>
    <title>Error</title>
    <updated>2026-11-25T00:00:00Z</updated>
    <summary>incorrect id format for ${id}</summary>
    <author><name>arXiv api core</name></author>
  </entry>`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
