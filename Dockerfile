# The program in a container: docker run --rm -v "$PWD":/work forewarn run rules --data data.csv
FROM rust:1.95-slim-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN cargo build --locked --profile dist -p forewarn-cli

FROM debian:bookworm-slim
COPY --from=build /source/target/dist/forewarn /usr/local/bin/forewarn
RUN useradd --create-home forewarn
USER forewarn
WORKDIR /work
ENTRYPOINT ["forewarn"]
