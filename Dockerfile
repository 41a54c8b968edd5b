# Builds in one image, runs in another: no compiler, no root, byte-code ready, one process.
FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /house
COPY requirements.runtime.lock /tmp/
RUN /house/bin/pip install --no-cache-dir --require-hashes -r /tmp/requirements.runtime.lock
COPY . /src
RUN /house/bin/pip install --no-cache-dir --no-deps /src && /house/bin/python -m compileall -q /house/lib

FROM python:3.13-slim
RUN useradd --system --create-home --home-dir /data --shell /usr/sbin/nologin trucban
COPY --from=build /house /house
ENV PATH=/house/bin:$PATH PYTHONUTF8=1 PYTHONUNBUFFERED=1 \
    TRUCBAN_DATA_FOLDER=/data TRUCBAN_WEB__HOST=0.0.0.0
USER trucban
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=6s --start-period=20s CMD ["python", "-m", "bot", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["python", "-m", "bot"]
