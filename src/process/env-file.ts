import { existsSync } from 'node:fs';

// Node's own --env-file-if-exists reports a missing file at every start. What is set already stays.
if (existsSync('.env')) process.loadEnvFile('.env');
