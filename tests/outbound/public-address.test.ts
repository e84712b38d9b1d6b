import { describe, expect, test } from 'vitest';
import { isPublicAddress } from '../../src/outbound/public-address.ts';

/** The first and last address of each reserved block, and addresses of well-known internal services. */
const notPublic: Record<string, string[]> = {
  'this network': ['0.0.0.0', '0.255.255.255'],
  'private use': [
    '10.0.0.0',
    '10.255.255.255',
    '172.16.0.0',
    '172.31.255.255',
    '192.168.0.0',
    '192.168.255.255',
  ],
  'carrier grade NAT': ['100.64.0.0', '100.100.100.200', '100.127.255.255'],
  loopback: ['127.0.0.0', '127.0.0.1', '127.255.255.255', '::1'],
  'link local': ['169.254.0.0', '169.254.169.254', '169.254.255.255', 'fe80::', 'fe80::1%lo', 'febf:ffff::1'],
  'IETF protocols': ['192.0.0.0', '192.0.0.192', '192.0.0.255', '2001:1::1', '2001:1ff:ffff::1'],
  documentation: [
    '192.0.2.1',
    '198.51.100.1',
    '203.0.113.255',
    '2001:db8::',
    '2001:db8:ffff::1',
    '3fff::',
    '3fff:fff::1',
  ],
  'AS112 and AMT': [
    '192.31.196.1',
    '192.52.193.1',
    '192.175.48.1',
    '2001:3::1',
    '2001:4:112::1',
    '2620:4f:8000::1',
  ],
  benchmarks: ['198.18.0.0', '198.19.255.255', '2001:2::1'],
  multicast: ['224.0.0.0', '239.255.255.255', 'ff00::', 'ff02::1', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  reserved: ['240.0.0.0', '255.255.255.254', '1::1', '4000::1', '8000::1', 'e000::1', 'fe00::1'],
  broadcast: ['255.255.255.255'],
  unspecified: ['::'],
  'IPv4-compatible': ['::7f00:1', '::127.0.0.1', '::8.8.8.8'],
  'IPv4-mapped': [
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:a9fe:a9fe',
    '::ffff:8.8.8.8',
    '0:0:0:0:0:ffff:0a00:1',
  ],
  'IPv4-translated': ['::ffff:0:127.0.0.1', '::ffff:0:8.8.8.8'],
  NAT64: ['64:ff9b::7f00:1', '64:ff9b::8.8.8.8', '64:ff9b:1::1', '64:ff9b:1:ffff::1', '64:ff9b:2::1'],
  '6to4': ['192.88.99.1', '2002::', '2002:7f00:1::1', '2002:808:808::1', '2002:ffff:ffff::1'],
  Teredo: ['2001::1', '2001:0:4136:e378:8000:63bf:3fff:fdd2'],
  ISATAP: ['2606:4700::5efe:10.0.0.1', '2606:4700::200:5efe:808:808'],
  ORCHID: ['2001:10::1', '2001:20::1', '2001:2f:ffff::1'],
  drones: ['2001:30::1'],
  discard: ['100::', '100::ffff:ffff:ffff:ffff', '100:0:0:1::1'],
  'segment routing': ['5f00::1', '5f00:ffff::1'],
  'unique local': ['fc00::1', 'fd00:ec2::254', 'fdff:ffff::1'],
  'site local': ['fec0::1', 'feff:ffff::1'],
  'Azure host': ['168.63.129.16'],
  'malformed or unusually written': [
    '',
    'localhost',
    '127.1',
    '0x7f.0.0.1',
    '010.8.8.8',
    '134744072',
    '8.8.8.8.',
    '[::1]',
    '8.8.8.8/8',
  ],
};

const neighbours = [
  ...[
    '1.0.0.0',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
  ],
  ...[
    '169.253.255.255',
    '169.255.0.0',
    '172.15.255.255',
    '172.32.0.0',
    '192.0.1.0',
    '192.167.255.255',
    '192.169.0.0',
  ],
  ...[
    '168.63.129.15',
    '198.17.255.255',
    '198.20.0.0',
    '203.0.112.255',
    '203.0.114.0',
    '223.255.255.255',
    '8.8.8.8',
  ],
  ...[
    '2000::1',
    '2001:200::1',
    '2001:db7::1',
    '2001:db9::1',
    '2003::1',
    '2606:4700:4700::1111',
    '3ffe::1',
    '3fff:1000::1',
  ],
  '2606:4700::5eff:10.0.0.1',
];

describe('public addresses', () => {
  test.each(Object.entries(notPublic))('no address of the kind "%s" is public', (_block, addresses) => {
    expect(addresses.filter(isPublicAddress)).toEqual([]);
  });
});

test('the addresses next to the reserved blocks are public', () => {
  expect(neighbours.filter((address) => !isPublicAddress(address))).toEqual([]);
});
