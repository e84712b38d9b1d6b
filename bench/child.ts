import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { nodeOn } from './cores.ts';

export type Child = {
  pid: number;
  /** One question at a time. */
  ask(question: string | object): Promise<unknown>;
  stop(): Promise<void>;
};

export type ChildOptions = {
  /** Of Node: the script, and what it is given. */
  args: readonly string[];
  /** All of its environment but PATH, so that nothing of the caller's changes what is measured. */
  env?: Record<string, string>;
  cores: string | null;
  /** Takes what it writes. */
  logFile: string;
};

/** Milliseconds until a child that does not end by itself is killed. */
const PATIENCE = 20_000;

export async function startChild({ args, env = {}, cores, logFile }: ChildOptions): Promise<Child> {
  const [command, ...before] = nodeOn(cores);
  const log = await open(logFile, 'a');
  const child = spawn(command, [...before, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', log.fd, log.fd, 'ipc'],
  });
  const ended = once(child, 'exit');
  const lost = ended.then(([code, signal]) => {
    throw new Error(`It ended (${signal ?? code}): node ${args.join(' ')}`);
  });
  lost.catch(() => {});
  await once(child, 'spawn');
  await log.close();
  return {
    // taskset becomes what it starts.
    pid: child.pid ?? 0,
    async ask(question) {
      const answer = once(child, 'message');
      child.send(question);
      const [message] = await Promise.race([answer, lost]);
      return message;
    },
    async stop() {
      const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
      child.kill('SIGTERM');
      await ended;
      clearTimeout(impatience);
    },
  };
}
