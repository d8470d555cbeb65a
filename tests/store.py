"""An S3-compatible server of a test's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.request import Request, urlopen

import boto3
from moto.server import ThreadedMotoServer

BUCKET, REGION, KEY, SECRET = "readers", "us-east-1", "key", "secret"


def client(address: str) -> Any:
    return boto3.client(
        "s3", endpoint_url=address, aws_access_key_id=KEY, aws_secret_access_key=SECRET,
        region_name=REGION,
    )  # fmt: skip


@contextmanager
def store() -> Iterator[str]:
    """The address of a server with an empty `BUCKET`."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    # what a server holds is its process's, and would be in the next one
    urlopen(Request(f"{address}/moto-api/reset", method="POST")).close()
    client(address).create_bucket(Bucket=BUCKET)
    yield address
    server.stop()
