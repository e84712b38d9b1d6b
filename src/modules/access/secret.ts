import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits, with a prefix by which secret scanners recognize leaked keys. */
export function generateSecret(): string {
  return `mh_${randomBytes(32).toString('base64url')}`;
}

/**
 * SHA-256 in hex. A slow hash protects secrets that people choose. These are random, and every request hashes one.
 */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Compares in constant time. Both hashes must have the same length. */
export function isSameHash(a: string, b: string): boolean {
  return timingSafeEqual(Buffer.from(a, 'hex'), Buffer.from(b, 'hex'));
}
