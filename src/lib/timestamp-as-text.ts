/** Returns the SQL expression that formats a time like the API: RFC 3339 in UTC, to the millisecond. */
export function timestampAsText(expression: string): string {
  return `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}
