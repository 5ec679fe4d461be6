/** 0 <= elapsed < span. False after the clock was set back. */
export const within = (elapsed: number, span: number) => elapsed >= 0 && elapsed < span
