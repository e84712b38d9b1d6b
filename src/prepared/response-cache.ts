import { makeCompressor } from './compress.ts';
import {
  type Encoding,
  encodeResponse,
  type PreparedResponse,
  type Representation,
} from './prepared-response.ts';
import { ALL_CONTENT } from './stale-channel.ts';

/**
 * Caches the prepared responses of one node by their address, up to a number of bytes. It answers only while
 * background/listen.ts confirms that this node has received every change of the other nodes.
 */
export type ResponseCache = {
  /** Returns null if the response is not cached, or if the cache is not trusted now. */
  find(address: string): PreparedResponse | null;
  /** The response to an address that was not found, if `keepMissing` got it. Null as for `find`. */
  findMissing(address: string): Representation | null;
  /** Keeps the response to an address for which `read` resolved with null. Ignored for other addresses. */
  keepMissing(address: string, response: Representation): void;
  /** Calls `read` and caches its result. Simultaneous calls for an address share one read. */
  read(address: string, read: Read): Promise<PreparedResponse | null>;
  /** Encodes a cached response in the background, once. Until that is done, it is sent uncompressed. */
  encode(address: string, encoding: Encoding): void;
  /** Removes the responses with one of these keys. Reads in progress may be stale too, so they are not cached. */
  drop(keys: readonly string[]): void;
  clear(): void;
  /** Confirms that `drop` was called for every change before `moment`, in milliseconds of performance.now(). */
  confirmCurrent(moment: number): void;
  /** Answers nothing until the next `confirmCurrent`. */
  distrust(): void;
  /** For tests only. */
  describe(): { responses: number; bytes: number; isTrusted: boolean };
};

/** Resolves with null if nothing has this address, which is cached too. */
export type Read = () => Promise<PreparedResponse | null>;

type Entry = {
  response: PreparedResponse;
  bytes: number;
  /** Whether it was found since `makeRoom` last spared it. */
  isUsed: boolean;
  requested: Set<Encoding>;
};

type PendingRead = { startedAt: number; answer: Promise<PreparedResponse | null> };

/** The longest time for which a response can be stale after a change on another node. */
const TRUST_MS = 800;
/** While the cache is not trusted, requests share only newer reads: a client may know of a change that an older one misses. */
const MAX_SHARED_READ_AGE_MS = 250;
/** Estimated memory of an entry besides its bodies. */
const ENTRY_OVERHEAD_BYTES = 2_000;
/** Part of the cache that one response may fill. */
const MAX_RESPONSE_SHARE = 1 / 4;
/** Addresses that were not found. They are limited separately, so that they displace no responses. */
const MAX_MISSING = 1_000;
const MAX_MISSING_ADDRESS_LENGTH = 300;

export function createResponseCache(maxBytes: number): ResponseCache {
  /** In order of insertion, oldest first. */
  const entries = new Map<string, Entry>();
  const addressesByKey = new Map<string, Set<string>>();
  /** With the response, once it was sent. */
  const missing = new Map<string, Representation | null>();
  const pending = new Map<string, PendingRead>();
  const compress = makeCompressor();
  let bytes = 0;
  let drops = 0;
  let trustedUntil = Number.NEGATIVE_INFINITY;

  const isTrusted = () => performance.now() < trustedUntil;

  function find(address: string): PreparedResponse | null {
    const entry = entries.get(address);
    if (entry === undefined || !isTrusted()) return null;
    entry.isUsed = true;
    return entry.response;
  }

  function read(address: string, read: Read): Promise<PreparedResponse | null> {
    if (missing.has(address) && isTrusted()) return Promise.resolve(null);
    const startedAt = performance.now();
    const running = pending.get(address);
    if (running && (isTrusted() || startedAt - running.startedAt < MAX_SHARED_READ_AGE_MS))
      return running.answer;
    const started = { startedAt, answer: readAndCache(address, read) };
    pending.set(address, started);
    const forget = () => void (pending.get(address) === started && pending.delete(address));
    started.answer.then(forget, forget);
    return started.answer;
  }

  async function readAndCache(address: string, read: Read): Promise<PreparedResponse | null> {
    const dropsBefore = drops;
    const response = await read();
    // A change during the read may have made the result stale.
    if (drops === dropsBefore && isTrusted()) add(address, response);
    return response;
  }

  function add(address: string, response: PreparedResponse | null): void {
    if (response === null) addMissing(address);
    else {
      const size = response.plain.bytes.length + address.length + ENTRY_OVERHEAD_BYTES;
      if (size > maxBytes * MAX_RESPONSE_SHARE) return;
      remove(address);
      entries.set(address, { response, bytes: size, isUsed: false, requested: new Set() });
      for (const key of response.keys) indexOf(key).add(address);
      bytes += size;
      makeRoom();
    }
  }

  function addMissing(address: string): void {
    if (address.length > MAX_MISSING_ADDRESS_LENGTH) return;
    if (missing.size >= MAX_MISSING) missing.clear();
    missing.set(address, null);
  }

  function indexOf(key: string): Set<string> {
    const known = addressesByKey.get(key) ?? new Set();
    addressesByKey.set(key, known);
    return known;
  }

  /** Removes the oldest entry. An entry that was used is spared once and becomes the newest (the CLOCK algorithm). */
  function makeRoom(): void {
    while (bytes > maxBytes) {
      const [[address, entry] = ['', null]] = entries;
      if (entry === null) return;
      if (!entry.isUsed) remove(address);
      else {
        entry.isUsed = false;
        entries.delete(address);
        entries.set(address, entry);
      }
    }
  }

  function remove(address: string): void {
    const entry = entries.get(address);
    if (!entry) return;
    entries.delete(address);
    bytes -= entry.bytes;
    for (const key of entry.response.keys) {
      const addresses = addressesByKey.get(key);
      addresses?.delete(address);
      if (addresses?.size === 0) addressesByKey.delete(key);
    }
  }

  function encode(address: string, encoding: Encoding): void {
    const entry = entries.get(address);
    if (!entry || entry.requested.has(encoding)) return;
    const encoded = compress(entry.response.plain.bytes, encoding);
    if (encoded === null) return;
    entry.requested.add(encoding);
    const addBody = (body: Buffer) => addEncoded(address, entry, encoding, body);
    // After a failure the response stays uncompressed.
    encoded.then(addBody, () => {});
  }

  function addEncoded(address: string, entry: Entry, encoding: Encoding, body: Buffer): void {
    entry.response[encoding] = encodeResponse(entry.response, encoding, body);
    if (entries.get(address) !== entry) return;
    entry.bytes += body.length;
    bytes += body.length;
    makeRoom();
  }

  /** Forgets what was not found, and keeps later requests from sharing reads that began before a change. */
  function forgetReads(): void {
    drops += 1;
    missing.clear();
    pending.clear();
  }

  function clear(): void {
    forgetReads();
    entries.clear();
    addressesByKey.clear();
    bytes = 0;
  }

  return {
    find,
    findMissing: (address) => (isTrusted() ? (missing.get(address) ?? null) : null),
    keepMissing(address, response) {
      if (missing.has(address)) missing.set(address, response);
    },
    read,
    encode,
    drop(keys) {
      if (keys.includes(ALL_CONTENT)) return clear();
      forgetReads();
      for (const key of keys) for (const address of [...(addressesByKey.get(key) ?? [])]) remove(address);
    },
    clear,
    confirmCurrent(moment) {
      trustedUntil = moment + TRUST_MS;
    },
    distrust() {
      trustedUntil = Number.NEGATIVE_INFINITY;
    },
    describe: () => ({ responses: entries.size, bytes, isTrusted: isTrusted() }),
  };
}
