/** SQL that reads the current statuses of the papers in a published issue as JSON text. `issueId` is an SQL expression. */
export function paperStatusesAsJson(issueId: string): string {
  return `(
    SELECT coalesce(json_agg(
      jsonb_build_object('itemId', item_id, 'paperId', paper_id) || (papers.statuses -> -1) ORDER BY item_id), '[]')::text
    FROM published_papers JOIN papers ON papers.id = paper_id
    WHERE published_papers.issue_id = ${issueId} AND papers.status IS NOT NULL)`;
}
