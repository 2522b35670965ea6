# One image for every process of a deployment: the command says which (gateway, worker, migrate).
FROM node:24-bookworm-slim AS build
WORKDIR /careloop
COPY package.json package-lock.json .npmrc ./
RUN npm ci --loglevel error
COPY . .
# `generate` only looks whether a schema engine exists; nothing is downloaded.
RUN PRISMA_SCHEMA_ENGINE_BINARY=/usr/local/bin/node CHECKPOINT_DISABLE=1 npx prisma generate --config gateway/prisma/prisma.config.ts \
 && npx vite build --config designer/vite.config.ts --logLevel warn \
 && npm prune --omit=dev --loglevel error

FROM node:24-bookworm-slim
ENV NODE_ENV=production CARELOOP_HOST=0.0.0.0 CARELOOP_DATA=/var/lib/careloop CARELOOP_DEMO=false
WORKDIR /careloop
COPY --from=build --chown=root:root /careloop ./
RUN install -d -o node -g node /var/lib/careloop
USER node
# No npm in between: signals reach the process itself.
ENTRYPOINT ["node", "--import", "tsx", "cli/main.ts"]
CMD ["gateway"]
EXPOSE 4000 2575
