import path from 'node:path';
import { problemMaker } from '../http/make-problem.ts';
import {
  PROBLEMS,
  type ProblemCode,
  problemCodesOf,
  type Status,
  statusesOfProblems,
  TITLES,
} from '../problems/catalogue.ts';
import { INPUT_FAULTS } from '../problems/input-faults.ts';
import { PUBLICATION_FAULTS, WARNINGS } from '../problems/readiness-faults.ts';

/** The path of the committed page about problems. */
export const problemsPath = path.resolve(import.meta.dirname, '../../docs/problems.md');

type Faults = Readonly<Record<string, { meaning: string; cure: string }>>;

const EXAMPLE = problemMaker('https://masthead.example.org')(
  'slug_taken',
  'Not unique: another newsletter has this slug.',
  { errors: [{ pointer: '/slug', code: 'taken', message: 'another newsletter has this slug' }] },
);

export function describeProblems(): string {
  return `# Problems

<!-- Written by \`npm run problems\` from src/problems/. -->

Every refusal is \`application/problem+json\` as [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) describes it:

\`\`\`json
${JSON.stringify(EXAMPLE, null, 2)}
\`\`\`

| member | what it is |
|---|---|
| \`type\` | the address of a page that explains the problem: \`PUBLIC_URL\`, \`/problems/\`, and the code with hyphens |
| \`title\` | the meaning of the status, for people |
| \`status\` | the HTTP status |
| \`code\` | identifies the problem; it is stable and the same in every installation, so programs should compare it |
| \`detail\` | what is wrong with this request, for people; it may change |
| \`errors\` | the values that are at fault, if any |

Some problems have further members, which their sections name.

Each entry of \`errors\` has these members:

| member | what it is |
|---|---|
| \`pointer\` | a JSON pointer (RFC 6901) to the value |
| \`in\` | what the pointer points into: \`query\`, \`path\`, \`headers\` or \`issue\` (the issue as \`GET /admin/v1/issues/{id}\` returns it); if it is missing, the body |
| \`code\` | identifies the fault; it is stable (see [Codes in \`errors\`](#codes-in-errors)) |
| \`message\` | what is wrong, for people; it may change |
| \`remedy\` | what to do, for people; optional |

A refused request changes nothing. Responses with the status 503 have \`Retry-After\`.

${statusesOfProblems().map(describeStatus).join('\n')}
## Codes in \`errors\`

The refused records of an import have entries of the same form in \`faults\`.

${describeFaults(INPUT_FAULTS)}
### What prevents publication

\`GET /admin/v1/issues/{id}/readiness\` returns these in \`problems\`, and a refused publication or schedule in \`errors\`.

${describeFaults(PUBLICATION_FAULTS)}
### Warnings

\`GET /admin/v1/issues/{id}/readiness\` returns these in \`warnings\`. They do not prevent publication.

${describeFaults(WARNINGS)}`;
}

function describeStatus(status: Status): string {
  return `## ${status} ${TITLES[status]}

${problemCodesOf(status).map(describeProblem).join('\n')}`;
}

function describeProblem(code: ProblemCode): string {
  const { meaning, cure } = PROBLEMS[code];
  return `### ${code}

${meaning}

**What to do:** ${cure}
`;
}

function describeFaults(faults: Faults): string {
  const rows = Object.entries(faults).map(
    ([code, { meaning, cure }]) => `| <a id="fault-${code}"></a>\`${code}\` | ${meaning} | ${cure} |\n`,
  );
  return `| code | meaning | what to do |\n|---|---|---|\n${rows.join('')}`;
}
