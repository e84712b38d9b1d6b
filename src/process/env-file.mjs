import { existsSync } from 'node:fs';

// Node's --env-file-if-exists prints a message if the file is missing. loadEnvFile keeps variables that are set already.
if (existsSync('.env')) process.loadEnvFile('.env');
