# The build stage installs every dependency, to generate the database client. The image gets those needed at run time.
FROM node:24-slim AS build
WORKDIR /masthead
COPY package.json package-lock.json .npmrc prisma.config.ts ./
COPY prisma ./prisma
RUN npm ci
COPY src ./src
# The user of the image may not write beside the sources, so what a start compiles is kept here. Flags are part of its key.
RUN node --max-semi-space-size=4 --eval " \
  import('/masthead/src/lib/compile-cache.mjs').then(({ keepCompiledSources }) => { \
    keepCompiledSources(); return import('/masthead/src/app.ts'); })"
# The optional packages are a Node and a PostgreSQL, which the image does not need, and sharp's libraries, which it does.
RUN cp -r node_modules/@img /tmp/sharp \
  && npm prune --omit=dev --omit=optional --ignore-scripts \
  && cp -r /tmp/sharp/. node_modules/@img/

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /masthead
COPY --from=build /masthead/package.json ./
COPY --from=build /masthead/node_modules ./node_modules
COPY --from=build /masthead/prisma ./prisma
COPY --from=build /masthead/src ./src
# A new volume gets the owner of the folder that it covers.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Run node without npm or a shell in between, so that it receives the signals.
CMD ["node", "--max-semi-space-size=4", "src/main.mjs"]
