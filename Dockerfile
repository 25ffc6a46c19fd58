# One image with everything, its own PostgreSQL included. Data lives in one volume, /var/lib/rapport.
FROM node:24-bookworm-slim AS build
WORKDIR /opt/rapport
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund
COPY . .
RUN node bin/rapport.mjs build

FROM node:24-bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends tini tzdata \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /var/lib/rapport --shell /usr/sbin/nologin rapport \
 && install -d -o rapport -g rapport -m 700 /var/lib/rapport /var/backups/rapport
# Owned by root: the service cannot change its own code.
COPY --from=build /opt/rapport /opt/rapport
RUN ln -s /opt/rapport/bin/rapport.mjs /usr/local/bin/rapport
WORKDIR /opt/rapport
USER rapport
ENV HOST=0.0.0.0 PORT=3000 DATA_DIR=/var/lib/rapport BACKUP_DIR=/var/backups/rapport
VOLUME ["/var/lib/rapport", "/var/backups/rapport"]
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT ?? 3000) + '/readyz').then(answer => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# tini buries what dies and hands signals on: stopping finishes requests and jobs, then the database.
ENTRYPOINT ["tini", "--", "rapport"]
CMD ["serve"]
