"""A scanner in a process of its own that speaks as clamd does: `python clamd_server.py ADDRESS`."""

import socket
import sys

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
LIMIT = 1_000_000


def read(connection: socket.socket, count: int) -> bytes:
    content = b""
    while len(content) < count and (more := connection.recv(count - len(content))):
        content += more
    return content


def answer(connection: socket.socket) -> bytes:
    assert read(connection, 10) == b"zINSTREAM\0"
    content = b""
    while length := int.from_bytes(read(connection, 4), "big"):
        content += read(connection, length)
        if len(content) > LIMIT:
            return b"INSTREAM size limit exceeded. ERROR\0"
    return b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if EICAR in content else b"stream: OK\0"


def listen(address: str) -> socket.socket:
    host, _, port = address.rpartition(":")
    if port.isdecimal():
        return socket.create_server((host, int(port)))
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(address)
    listener.listen()
    return listener


if __name__ == "__main__":
    with listen(sys.argv[1]) as listener:
        print("ready", flush=True)
        while True:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(answer(connection))
