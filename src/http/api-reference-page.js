// The script of the page at /docs. It runs in browsers.
const answer = await fetch('../openapi.json');
const content = await answer.json();
for (const operations of Object.values(content.paths)) {
  for (const operation of Object.values(operations)) showRole(operation);
}
globalThis.Scalar.createApiReference('#reference', {
  content,
  // Nothing is fetched from or sent to servers of Scalar. The page's Content-Security-Policy forbids it as well.
  withDefaultFonts: false,
  telemetry: false,
  agent: { disabled: true, hideAddApi: true },
  mcp: { disabled: true },
  hideClientButton: true,
  showDeveloperTools: 'never',
  authentication: { preferredSecurityScheme: 'apiKey' },
  // A key that is typed into the page is forgotten when the page is closed.
  persistAuth: false,
  documentDownloadType: 'json',
  defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
});

function showRole(operation) {
  const role = operation['x-role'];
  if (role) operation['x-badges'] = [{ name: `role: ${role}`, position: 'before' }];
}
