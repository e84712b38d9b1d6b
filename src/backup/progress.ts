/** Starts to show the progress of one kind of thing, such as `tables`. */
export type Progress = (what: string) => (done: number, total: number) => void;
