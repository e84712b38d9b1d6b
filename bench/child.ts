import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open } from 'node:fs/promises';
import { nodeOn } from './cores.ts';

export type Child = {
  pid: number;
  /** Sends a question and returns the answer. Ask one question at a time. */
  ask(question: string | object): Promise<unknown>;
  stop(): Promise<void>;
};

export type ChildOptions = {
  /** The arguments of Node: the script and its own arguments. */
  args: readonly string[];
  /** The whole environment except PATH, so that the caller's environment does not change the results. */
  env?: Record<string, string>;
  cores: string | null;
  /** The file for the output of the process. */
  logFile: string;
};

/** A child that does not end by itself is killed after this time. */
const STOP_TIMEOUT_MS = 20_000;

export async function startChild({ args, env = {}, cores, logFile }: ChildOptions): Promise<Child> {
  const [command, ...before] = nodeOn(cores);
  const log = await open(logFile, 'a');
  const child = spawn(command, [...before, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', log.fd, log.fd, 'ipc'],
  });
  const ended = once(child, 'exit');
  const lost = ended.then(([code, signal]) => {
    throw new Error(`The process ended (${signal ?? code}): node ${args.join(' ')}`);
  });
  lost.catch(() => {});
  await once(child, 'spawn');
  await log.close();
  return {
    // taskset replaces itself with the program that it starts.
    pid: child.pid ?? 0,
    async ask(question) {
      const answer = once(child, 'message');
      child.send(question);
      const [message] = await Promise.race([answer, lost]);
      return message;
    },
    async stop() {
      const killTimer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
      child.kill('SIGTERM');
      await ended;
      clearTimeout(killTimer);
    },
  };
}
