# The site's image: web, worker and beat are three commands of it (docker-compose.yml, Procfile).
FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt /requirements.txt
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r /requirements.txt

# What puts the pages' scripts together; nothing of it is in the image.
FROM node:22-bookworm-slim AS tools
COPY package.json package-lock.json .npmrc /tools/
RUN cd /tools && npm ci --ignore-scripts

FROM python:3.11-slim-bookworm AS base
# GeoDjango loads GDAL, GEOS and PROJ when it starts; gettext compiles the translations.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libgdal32 libgeos-c1v5 libproj25 gettext \
    && rm -rf /var/lib/apt/lists/*
COPY --from=packages /venv /venv
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=conflict_map.settings.production \
    TRACKER_DATA_DIR=/data \
    STATIC_ROOT=/app/staticfiles \
    BIND=0.0.0.0 \
    PORT=8000

FROM base AS release
COPY --from=tools /usr/local/bin/node /usr/local/bin/node
COPY . /app
COPY --from=tools /tools/node_modules /app/node_modules
# The key serves this one command; the real one comes from the environment and is in no layer.
RUN SECRET_KEY=only-to-collect-static-files ALLOWED_HOSTS=localhost python manage.py collectstatic --noinput

FROM base
RUN useradd --system --uid 10001 --create-home --home-dir /home/tracker tracker \
    && mkdir -p /data && chown tracker:tracker /data
COPY . /app
COPY --from=release /app/staticfiles /app/staticfiles
RUN find locale -name '*.po' -exec sh -c 'msgfmt -o "${1%.po}.mo" "$1"' _ {} \; 2>/dev/null
USER tracker
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 \
    CMD ["python", "conflict_map/health.py"]
CMD ["gunicorn", "conflict_map.wsgi"]
