import { makeCompressor } from './compress.ts';
import { type Encoding, encodeResponse, type PreparedResponse } from './prepared-response.ts';
import { ALL_CONTENT } from './stale-channel.ts';

/**
 * Prepared responses of one node by their address, bounded in bytes. It answers only while it is told that every
 * change up to now has been heard of, which background/listen.ts knows.
 */
export type ResponseCache = {
  /** Null: not kept, or not to be trusted now. */
  find(address: string): PreparedResponse | null;
  /** What `read` answers, which is kept. Who asks for the same meanwhile gets the answer of the same reading. */
  read(address: string, read: Read): Promise<PreparedResponse | null>;
  /** Has a kept response encoded, once. Until that is done it goes out plain. */
  encode(address: string, encoding: Encoding): void;
  /** What carries one of these keys is stale from now on, and so is what is being read. */
  drop(keys: readonly string[]): void;
  clear(): void;
  /** Every change before this moment has been heard of; milliseconds of performance.now(). */
  heardUntil(moment: number): void;
  /** For those who watch it: what it holds, and whether it answers now. */
  describe(): { responses: number; bytes: number; isTrusted: boolean };
};

/** Null: nothing has this address. */
export type Read = () => Promise<PreparedResponse | null>;

type Entry = {
  response: PreparedResponse;
  bytes: number;
  /** Since it was last passed over. */
  isUsed: boolean;
  asked: Set<Encoding>;
};

type PendingRead = { startedAt: number; answer: Promise<PreparedResponse | null> };

/** Milliseconds for which silence is trusted: the longest time that a change of another node stays unseen. */
const TRUST = 800;
/** Milliseconds: who comes later than this into a reading may know of something newer. */
const JOIN_WITHIN = 250;
/** Bytes that an entry takes beside its bodies. */
const OVERHEAD = 2_000;
/** Of the whole room, for one response. */
const MOST_SHARE = 1 / 4;
/** Addresses that lead nowhere, and their length. They have a room of their own: they drive nothing out. */
const MOST_MISSING = 1_000;
const LONGEST_MISSING = 300;

export function createResponseCache(maxBytes: number): ResponseCache {
  /** In the order of their coming. */
  const kept = new Map<string, Entry>();
  const addressesByKey = new Map<string, Set<string>>();
  const missing = new Set<string>();
  const pending = new Map<string, PendingRead>();
  const compress = makeCompressor();
  let bytes = 0;
  let drops = 0;
  let trustedUntil = Number.NEGATIVE_INFINITY;

  const isTrusted = () => performance.now() < trustedUntil;

  function find(address: string): PreparedResponse | null {
    const entry = kept.get(address);
    if (entry === undefined || !isTrusted()) return null;
    entry.isUsed = true;
    return entry.response;
  }

  function read(address: string, read: Read): Promise<PreparedResponse | null> {
    if (missing.has(address) && isTrusted()) return Promise.resolve(null);
    const startedAt = performance.now();
    const underWay = pending.get(address);
    if (underWay && startedAt - underWay.startedAt < JOIN_WITHIN) return underWay.answer;
    const started = { startedAt, answer: readAndKeep(address, read) };
    pending.set(address, started);
    const forget = () => void (pending.get(address) === started && pending.delete(address));
    started.answer.then(forget, forget);
    return started.answer;
  }

  async function readAndKeep(address: string, read: Read): Promise<PreparedResponse | null> {
    const dropsBefore = drops;
    const response = await read();
    // What became stale while it was read may be what was read.
    if (drops === dropsBefore && isTrusted()) keep(address, response);
    return response;
  }

  function keep(address: string, response: PreparedResponse | null): void {
    if (response === null) keepMissing(address);
    else {
      const size = response.plain.bytes.length + address.length + OVERHEAD;
      if (size > maxBytes * MOST_SHARE) return;
      remove(address);
      kept.set(address, { response, bytes: size, isUsed: false, asked: new Set() });
      for (const key of response.keys) indexOf(key).add(address);
      bytes += size;
      makeRoom();
    }
  }

  function keepMissing(address: string): void {
    if (address.length > LONGEST_MISSING) return;
    if (missing.size >= MOST_MISSING) missing.clear();
    missing.add(address);
  }

  function indexOf(key: string): Set<string> {
    const known = addressesByKey.get(key) ?? new Set();
    addressesByKey.set(key, known);
    return known;
  }

  /** The oldest goes, but what was used since it was last looked at is passed over once. */
  function makeRoom(): void {
    while (bytes > maxBytes) {
      const [[address, entry] = ['', null]] = kept;
      if (entry === null) return;
      if (!entry.isUsed) remove(address);
      else {
        entry.isUsed = false;
        kept.delete(address);
        kept.set(address, entry);
      }
    }
  }

  function remove(address: string): void {
    const entry = kept.get(address);
    if (!entry) return;
    kept.delete(address);
    bytes -= entry.bytes;
    for (const key of entry.response.keys) {
      const addresses = addressesByKey.get(key);
      addresses?.delete(address);
      if (addresses?.size === 0) addressesByKey.delete(key);
    }
  }

  function encode(address: string, encoding: Encoding): void {
    const entry = kept.get(address);
    if (!entry || entry.asked.has(encoding)) return;
    const encoded = compress(entry.response.plain.bytes, encoding);
    if (encoded === null) return;
    entry.asked.add(encoding);
    const add = (body: Buffer) => addEncoded(address, entry, encoding, body);
    // One that cannot be made is not missed: the response goes out plain.
    encoded.then(add, () => {});
  }

  function addEncoded(address: string, entry: Entry, encoding: Encoding, body: Buffer): void {
    entry.response[encoding] = encodeResponse(entry.response, encoding, body);
    if (kept.get(address) !== entry) return;
    entry.bytes += body.length;
    bytes += body.length;
    makeRoom();
  }

  function beginAnew(): void {
    drops += 1;
    missing.clear();
    pending.clear();
  }

  function clear(): void {
    beginAnew();
    kept.clear();
    addressesByKey.clear();
    bytes = 0;
  }

  return {
    find,
    read,
    encode,
    drop(keys) {
      if (keys.includes(ALL_CONTENT)) return clear();
      beginAnew();
      for (const key of keys) for (const address of [...(addressesByKey.get(key) ?? [])]) remove(address);
    },
    clear,
    heardUntil(moment) {
      trustedUntil = moment + TRUST;
    },
    describe: () => ({ responses: kept.size, bytes, isTrusted: isTrusted() }),
  };
}
