"""Load over HTTP from a process of its own: so many connections, each sending its next request when the last was answered.

    python -m experiments.benchmarks.load_client PORT FILE CONNECTIONS < HEADERS

FILE has a body a line; HEADERS are whole lines that every request carries. What is sent is encoded before the clock starts,
and of an answer no more is read than its status and its length, so that the client takes little of what it measures.
Prints JSON: requests, seconds, requests/s, milliseconds a request, answers by status, and what the client itself cost.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

PATH = "/v1/claims/score"
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
END = b"\r\n\r\n"


class Connection(asyncio.Protocol):
    """One connection, kept open; it takes its requests from those that all share."""

    def __init__(self, requests: Iterator[bytes], seconds: list[float], answers: Counter[int]) -> None:
        self._requests, self._seconds, self._answers = requests, seconds, answers
        self._got, self._whole, self._sent = bytearray(), 0, 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the first."""
        self._transport: Any = transport
        self._next()

    def data_received(self, data: bytes) -> None:
        """Note the answer when it is whole, and send the next."""
        self._got += data
        if not self._whole and (end := self._got.find(END)) >= 0:
            length = LENGTH.search(self._got, 0, end)
            self._whole = end + len(END) + (int(length[1]) if length else 0)
        if self._whole and len(self._got) >= self._whole:
            self._seconds.append(time.perf_counter() - self._sent)
            self._answers[int(self._got[9:12])] += 1
            self._got.clear()
            self._whole = 0
            self._next()

    def connection_lost(self, error: Exception | None) -> None:
        """Closed by the service before all was answered: an error of the measurement."""
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("the service closed the connection"))

    def _next(self) -> None:
        request = next(self._requests, None)
        if request is None:
            self.done.set_result(None)
            self._transport.close()
            return
        self._sent = time.perf_counter()
        self._transport.write(request)


def encoded(bodies: Sequence[bytes], headers: str) -> list[bytes]:
    """Each body as a whole request."""
    lines = f"POST {PATH} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
    more = "".join(f"{line}\r\n" for line in headers.splitlines() if line)
    return [f"{lines}{more}content-length: {len(body)}\r\n\r\n".encode() + body for body in bodies]


async def sent(port: int, requests: Sequence[bytes], connections: int) -> dict[str, Any]:
    """Send all `requests` over so many connections; figures."""
    seconds: list[float] = []
    answers: Counter[int] = Counter()
    waiting, loop = iter(requests), asyncio.get_running_loop()
    begin, processor = time.perf_counter(), time.process_time()
    opened = [
        await loop.create_connection(lambda: Connection(waiting, seconds, answers), "127.0.0.1", port)
        for _ in range(connections)
    ]
    await asyncio.gather(*(connection.done for _, connection in opened))
    took, cost = time.perf_counter() - begin, time.process_time() - processor
    p50, p95, p99 = np.percentile(1000 * np.array(seconds), [50, 95, 99]).round(2).tolist()
    return {
        "requests": len(seconds), "seconds": round(took, 2), "requests_per_s": round(len(seconds) / took, 1),
        "p50_ms": p50, "p95_ms": p95, "p99_ms": p99, "answers": dict(answers),
        "client_processor_ms": round(1000 * cost / len(seconds), 3), "client_processor_s": round(time.process_time(), 3),
    }  # fmt: skip


def main() -> None:
    """Read what is to be sent, send it, print the figures."""
    port, file, connections = int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    requests = encoded(file.read_bytes().splitlines(), sys.stdin.read())
    print(json.dumps(asyncio.run(sent(port, requests, connections))))


if __name__ == "__main__":
    main()
