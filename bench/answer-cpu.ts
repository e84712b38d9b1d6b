/** Preloaded into a server that is measured: it tells its processor time, and ends when the benchmark is gone. */

process.on('message', (question) => {
  if (question === 'cpu') process.send?.(process.cpuUsage());
});
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
