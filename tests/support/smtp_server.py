#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A small SMTP server on loopback for tests: smtp_server.py FOLDER

Writes its port into FOLDER/port, each mail that it takes into FOLDER/N.eml (with the envelope in front), and asks
FOLDER/mode before each answer: "" takes all, "rcpt 450 later" or "data 554 no" refuses there, "stall" says nothing after a
mail's end (FOLDER/stalled appears), "die" hangs up there. Ends when its standard input ends.
"""
import asyncio
import os
import sys

folder = sys.argv[1]
count = 0


def path(name):
    return os.path.join(folder, name)


def mode(step):
    """What to say at this step, None for yes."""
    try:
        with open(path("mode"), encoding="utf-8") as f:
            words = f.read().strip()
    except FileNotFoundError:
        return None
    if words in ("stall", "die"):
        return words if step == "end" else None
    return words.partition(" ")[2] if words.startswith(step + " ") else None


def write_whole(name, data):
    with open(path(name + ".part"), "wb") as f:
        f.write(data)
    os.rename(path(name + ".part"), path(name))


async def read_mail(reader):
    lines = []
    while True:
        line = await reader.readline()
        if not line:
            return None
        if line == b".\r\n":
            return b"".join(lines)
        lines.append(line[1:] if line.startswith(b"..") else line)


async def talk(reader, writer):
    global count
    envelope = []

    def say(text):
        writer.write(text.encode() + b"\r\n")

    say("220 shop.test ESMTP")
    while line := await reader.readline():
        verb = line.decode("latin-1").strip()
        step = verb[:4].lower()
        if step in ("ehlo", "helo"):
            say("250-shop.test")
            say("250 8BITMIME")
            envelope = []
        elif step == "quit":
            say("221 bye")
            break
        elif step == "data":
            if refusal := mode("data"):
                say(refusal)
                continue
            say("354 go on")
            mail = await read_mail(reader)
            if mail is None:
                break
            end = mode("end")
            if end == "die":
                break
            if end == "stall":
                write_whole("stalled", b"")
                await reader.read()
                break
            if end:
                say(end)
                continue
            count += 1
            write_whole(f"{count}.eml", "".join(f"X-Envelope: {e}\n" for e in envelope).encode() + mail)
            say("250 taken")
        else:
            if refusal := mode(step):
                say(refusal)
                continue
            if step in ("mail", "rcpt"):
                envelope.append(verb)
            say("250 yes")
    writer.close()


async def main():
    server = await asyncio.start_server(talk, "127.0.0.1", 0, limit=2**20)
    port = server.sockets[0].getsockname()[1]
    write_whole("port", str(port).encode())
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    await reader.read()
    os._exit(0)


asyncio.run(main())
