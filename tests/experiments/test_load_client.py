"""The client of the load measurement: every request is sent once and waited for whole, whatever pieces its answer comes in."""

from __future__ import annotations

import asyncio

from experiments.benchmarks.load_client import encoded, sent

PIECES = (b"HTTP/1.1 200 OK\r\nContent-Le", b"ngth: 4\r\n\r\nab", b"cd")


async def _office(asked: list[bytes]) -> asyncio.Server:
    """Answers the third request with 503, all others in pieces."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await reader.readuntil(b"\r\n\r\n"):
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            asked.append(head + await reader.readexactly(length))
            for piece in (b"HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n",) if len(asked) == 3 else PIECES:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0.001)

    return await asyncio.start_server(answer, "127.0.0.1", 0)


async def _measured(bodies: list[bytes], connections: int) -> tuple[list[bytes], dict[str, object]]:
    asked: list[bytes] = []
    server = await _office(asked)
    port = server.sockets[0].getsockname()[1]
    figures = await sent(port, encoded(bodies, "authorization: Bearer x"), connections)
    server.close()
    return asked, figures


def test_each_request_is_sent_once_and_its_answer_counted():
    bodies = [b'{"n": %d}' % number for number in range(20)]
    asked, figures = asyncio.run(_measured(bodies, 4))
    assert sorted(one.partition(b"\r\n\r\n")[2] for one in asked) == sorted(bodies)
    assert all(b"\r\nauthorization: Bearer x\r\n" in one for one in asked)
    assert figures["requests"] == 20
    assert figures["answers"] == {200: 19, 503: 1}
    assert figures["p50_ms"] >= 2  # the last piece is waited for
