import { expect, test } from 'vitest';
import { domainOf } from '../../src/modules/publications/index/domain.ts';

test.each([
  ['https://github.com/salesforce/BLIP', 'github.com'],
  ['http://WWW.GitHub.com:8080?x#y', 'github.com'],
  ['https://user:secret@www.example.org.', 'example.org'],
  ['https://www.bücher.example', 'xn--bcher-kva.example'],
  ['https://blog.www.example.org', 'blog.www.example.org'],
  ['https://www2.example.org', 'www2.example.org'],
  ['https://www.com', 'www.com'],
  ['http://192.0.2.1/', '192.0.2.1'],
  ['http://[2001:db8::1]/', null],
  [`https://${'x.'.repeat(127)}org`, null],
  ['https://', null],
  ['no address', null],
])('the domain of %s is %s', (url, domain) => {
  expect(domainOf(url)).toBe(domain);
});
