// Import it before the server to shift the clock of the process by MASTHEAD_TEST_CLOCK_OFFSET milliseconds.
const offset = Number(process.env.MASTHEAD_TEST_CLOCK_OFFSET);
const RealDate = Date;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, values, newTarget) =>
    Reflect.construct(target, values.length === 0 ? [RealDate.now() + offset] : values, newTarget),
  apply: () => new Date().toString(),
  get: (target, name) => (name === 'now' ? () => RealDate.now() + offset : Reflect.get(target, name)),
});

export {};
