export function smallest(files: readonly Buffer[]): Buffer {
  return files.reduce((least, file) => (file.length < least.length ? file : least));
}
