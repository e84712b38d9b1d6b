/** The program of the threads that parse and render Markdown. */
import { serveTasks } from '../threads/serve-tasks.ts';
import { performTask } from './perform-task.ts';

serveTasks(performTask);
