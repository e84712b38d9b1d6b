/** A program for a thread that can be asked to misbehave. */
import { existsSync, writeFileSync } from 'node:fs';
import { threadId } from 'node:worker_threads';
import { serveTasks } from '../../src/threads/serve-tasks.ts';

export type OddTask =
  | { kind: 'echo'; word: string }
  | { kind: 'spin'; cpuMs: number }
  | { kind: 'throw' }
  | { kind: 'exit' }
  /** Ends the thread if the file does not exist, and creates the file. */
  | { kind: 'exit once'; file: string }
  | { kind: 'fill the memory' };

export type OddResult = { threadId: number; word: string };

serveTasks((task: OddTask): OddResult => {
  if (task.kind === 'spin') spin(task.cpuMs);
  if (task.kind === 'throw') throw new Error('The task does not like it.');
  if (task.kind === 'exit') process.exit(7);
  if (task.kind === 'exit once') exitOnce(task.file);
  if (task.kind === 'fill the memory') fillMemory();
  return { threadId, word: task.kind === 'echo' ? task.word : task.kind };
});

function spin(cpuMs: number): void {
  const start = process.threadCpuUsage();
  while (usedMs(start) < cpuMs);
}

function usedMs(start: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}

function exitOnce(file: string): void {
  if (existsSync(file)) return;
  writeFileSync(file, '');
  process.exit(7);
}

function fillMemory(): never {
  const kept: number[][] = [];
  for (;;) kept.push(Array.from({ length: 100_000 }, (_, index) => index + kept.length));
}
