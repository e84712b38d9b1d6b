import fc from 'fast-check';

/** Arbitrary code units, with the difficult ones more often than by chance. */
export const hostileText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)),
      fc.constantFrom(']]>', '<![CDATA[', '<!--', '-->', '&amp;', '&#0;', '&', '<', '"', "'", '<?xml?>'),
      fc.constantFrom('\u0000', '\u000b', '\u001f', '\u007f', '\u0085', '\u2028', '\ufffe', '\uffff'),
      fc.constantFrom('\ud800', '\udfff', '😀', '\r', '\r\n', '\n', '\t', '  '),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));
