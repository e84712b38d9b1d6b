import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { z } from 'zod';
import { type Context, systemContext } from '../../src/context.ts';
import { PrismaClient } from '../../src/database/generated/client.ts';

/** A scan of one table. `rows` includes the rows that it filtered out. */
export type Scan = { table: string; kind: string; index: string | undefined; rows: number };
/** The plan of one statement. `sorted` is the largest number of table rows that one node sorts. */
export type Explained = { query: string; plan: object; scans: Scan[]; sorted: number };

type PlanNode = {
  'Node Type': string;
  'Relation Name'?: string | undefined;
  'Index Name'?: string | undefined;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter': number;
  'Rows Removed by Index Recheck': number;
  Plans: PlanNode[];
};

const planNode: z.ZodType<PlanNode> = z.looseObject({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  'Actual Rows': z.number(),
  'Actual Loops': z.number(),
  'Rows Removed by Filter': z.number().default(0),
  'Rows Removed by Index Recheck': z.number().default(0),
  get Plans() {
    return z.array(planNode).default([]);
  },
});
const explained = z.object({ 'Query Text': z.string(), Plan: planNode });

/**
 * Opens connections on which the server explains every statement that it runs. The auto_explain module of PostgreSQL
 * sends the plans as notices. See https://www.postgresql.org/docs/current/auto-explain.html
 */
export function openExplained(url: string, planCacheMode: string) {
  const settings = {
    session_preload_libraries: 'auto_explain',
    'auto_explain.log_min_duration': '0',
    'auto_explain.log_analyze': 'on',
    'auto_explain.log_timing': 'off',
    'auto_explain.log_format': 'json',
    'auto_explain.log_level': 'notice',
    plan_cache_mode: planCacheMode,
  };
  const options = Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(' ');
  const pool = new pg.Pool({ connectionString: url, options, max: 2 });
  let heard: Explained[] = [];
  pool.on('connect', (client) =>
    client.on('notice', ({ message = '' }) => {
      const plan = message.indexOf('{');
      if (/plan:/.test(message)) heard.push(readPlan(JSON.parse(message.slice(plan))));
    }),
  );
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const ctx: Context = systemContext(prisma, 'test');
  return {
    ...{ pool, ctx },
    /** The plans of all statements that `fn` runs. */
    async explain(fn: () => Promise<unknown>): Promise<Explained[]> {
      heard = [];
      await fn();
      return heard;
    },
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

function readPlan(notice: unknown): Explained {
  const { 'Query Text': query, Plan: plan } = explained.parse(notice);
  const nodes = nodesOf(plan);
  return {
    ...{ query, plan },
    scans: nodes.flatMap((node) => scanOf(node) ?? []),
    sorted: Math.max(
      0,
      ...nodes.filter(sortsTable).map((node) => node['Actual Rows'] * node['Actual Loops']),
    ),
  };
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...node.Plans.flatMap(nodesOf)];
}

/** Sorts of values that came with the statement do not count, because they do not grow with a table. */
function sortsTable(node: PlanNode): boolean {
  return /Sort$/.test(node['Node Type']) && nodesOf(node).some((part) => scanOf(part) !== null);
}

function scanOf(node: PlanNode): Scan | null {
  const table = node['Relation Name'];
  if (table === undefined || node['Node Type'] === 'ModifyTable') return null;
  const rows = node['Actual Rows'] + node['Rows Removed by Filter'] + node['Rows Removed by Index Recheck'];
  return {
    ...{ table, kind: node['Node Type'], index: node['Index Name'] },
    rows: rows * node['Actual Loops'],
  };
}

/** One message for each large table that was read sequentially or beyond `most` rows, and for each large sort. */
export function findExcess(plans: readonly Explained[], large: ReadonlySet<string>, most: number): string[] {
  return plans.flatMap(({ query, scans, sorted }) => [
    ...scans
      .filter(({ table, kind, rows }) => large.has(table) && (kind === 'Seq Scan' || rows > most))
      .map(({ table, kind, rows }) => `${kind} of ${rows} rows of ${table}: ${query}`),
    ...(sorted > most ? [`Sort of ${sorted} rows: ${query}`] : []),
  ]);
}
