#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""Makes the demonstration shop's mails: a Maildir, or an mbox if OUT ends in ".mbox".

The cases stand in cases/LANG.txt. Ages and due dates count from --now, so that some cases are overdue, some due in minutes
and most later; the same --now always gives the same bytes.
"""
import argparse
import base64
import datetime as dt
import email.utils
import html
import os
import quopri
import re
import struct
import sys
import zlib
from zoneinfo import ZoneInfo

import demo_words as words

HERE = os.path.dirname(os.path.abspath(__file__))
LANGS = {"en": "en", "nl": "nl", "lt": "lt", "it": "it", "zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}
SHOP = "Dune & Kettle <desk@dunekettle.example>"
CODECS = {"1257": "windows-1257", "1252": "windows-1252", "8859-15": "iso-8859-15", "8859-1": "iso-8859-1"}


class Case:
    """One block of a case file."""

    def __init__(self, number, lang, fields, options):
        self.number, self.lang = number, lang
        self.site, self.event, self.buyer, self.handle, self.item, price = fields
        self.domain, _, tail = self.site.partition("/")
        self.words_lang = {"nl": "nl", "lt": "lt", "it": "it", "zh": "zh-Hans", "hant": "zh-Hant"}.get(tail)
        self.platform = self.domain.split(".")[0]
        if not self.words_lang:
            self.words_lang = words.SITE_LANGS.get(self.domain, lang)
        self.amount, self.currency = price.split(" ")
        self.options = dict(re.findall(r'(\S+?)=("[^"]*"|\S+)', options))
        self.options = {k: v.strip('"') for k, v in self.options.items()}
        self.flags = set(re.sub(r'\S+="[^"]*"', "", options).split())
        self.mails = []
        self.zone = ZoneInfo(words.ZONES.get(self.domain, "UTC"))
        self.order = words.order_number(self.platform, number)
        self.case_no = str(5100000000 + number * 7919)
        self.relay = words.relay(self)

    def word(self, key):
        table = words.WORDS[key]
        return table.get(self.words_lang) or table["zh-Hans" if self.words_lang == "zh-Hant" else "en"]


def span(text):
    """Minutes of "2d3h", "-3h", "+25m"."""
    minutes = sum(int(n) * {"d": 1440, "h": 60, "m": 1}[u] for n, u in re.findall(r"(\d+)([dhm])", text))
    return -minutes if text.startswith("-") else minutes


def read_cases():
    cases = []
    for name, lang in LANGS.items():
        with open(os.path.join(HERE, "cases", name + ".txt"), encoding="utf-8") as f:
            lines = f.read().splitlines()
        for line in lines:
            head = [p.strip() for p in line[2:].split("|")] if line.startswith("# ") else []
            if len(head) == 7 and re.fullmatch(r"[\d.]+ [A-Z]{3}", head[5]):
                cases.append(Case(len(cases) + 1, lang, head[:6], head[6]))
            elif line[:2] in ("< ", "> ", "! ") and re.fullmatch(r"(\d+[dhm])+", line[2:]):
                cases[-1].mails.append([line[0], span(line[2:]), []])
            elif line and not line.startswith("#"):
                cases[-1].mails[-1][2].append(line)
    return cases


def due_words(case, now):
    """The platform's sentence with the date by which an answer is due, in its language and its zone."""
    if "due" not in case.options:
        return ""
    at = (now + dt.timedelta(minutes=span(case.options["due"]))).astimezone(case.zone)
    month = words.MONTHS.get(case.words_lang, words.MONTHS["en"])[at.month - 1]
    return case.word("due").format(month=month, d=at.day, y=at.year, m=at.month, hm=at.strftime("%H:%M"),
                                   iso=at.strftime("%Y-%m-%d"), ampm=at.strftime("%I:%M %p").lstrip("0"))


def due_ms(case, now):
    """The moment that due_words() names, 0 if none: platforms name minutes, not seconds."""
    if "due" not in case.options:
        return 0
    return int((now + dt.timedelta(minutes=span(case.options["due"]))).timestamp()) // 60 * 60000


def encoded(text, codec):
    """RFC 2047, a few characters a word: Python's own names some charsets as nobody else does."""
    pieces = [text[n:n + 12] for n in range(0, len(text), 12)]
    return "\n ".join(f"=?{codec}?B?{base64.b64encode(p.encode(codec)).decode()}?=" for p in pieces)


def header(name, text, codec):
    if text.isascii():
        return f"{name}: {text}\n"
    match = re.fullmatch(r"(.+?) <([^<>]+)>", text) if name in ("From", "To") else None
    value = encoded(match[1] if match else text, codec)
    return f"{name}: {value} <{match[2]}>\n" if match else f"{name}: {value}\n"


def part(text, subtype, codec, quoted):
    data = text.encode(codec)
    body = quopri.encodestring(data) if quoted else base64.encodebytes(data)
    how = "quoted-printable" if quoted else "base64"
    return f"Content-Type: text/{subtype}; charset={codec}\nContent-Transfer-Encoding: {how}\n\n".encode() + body


def png(number):
    """A tiny picture of one colour."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    row = b"\0" + bytes([number * 37 % 256, 120, 160]) * 8
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(row * 8, 9)) + chunk(b"IEND", b""))


def picture(case):
    name = {"zh-Hans": "照片.png", "zh-Hant": "照片.png"}.get(case.lang, "photo.png")
    name = f'"{name}"' if name.isascii() else f'"{encoded(name, "utf-8")}"'
    return (f"Content-Type: image/png; name={name}\nContent-Disposition: attachment; filename={name}\n"
            "Content-Transfer-Encoding: base64\n\n").encode() + base64.encodebytes(png(case.number))


def codec_of(case):
    wanted = case.options.get("enc", "latin" in case.flags and "8859-1" or "utf-8")
    if case.platform == "taobao" and "enc" not in case.options and case.lang == "zh-Hans":
        wanted = "gb18030"
    return CODECS.get(wanted, wanted)


def fits(codec, *texts):
    try:
        for text in texts:
            text.encode(codec)
    except UnicodeEncodeError:
        return "utf-8"
    return codec


def message_bytes(case, mail, index, now, ids):
    """A whole mail: headers, then one part or several."""
    codec = fits(codec_of(case), mail["subject"], mail["text"], mail["from"])
    sent = now - dt.timedelta(minutes=mail["age"])
    ident = f"<{case.number:03d}.{index}@{mail['from'].split('@')[-1].rstrip('>')}>"
    out = header("From", mail["from"], codec) + header("To", mail["to"], codec) + header("Subject", mail["subject"], codec)
    out += f"Date: {email.utils.format_datetime(sent.astimezone(ZoneInfo('Europe/Vilnius')))}\nMessage-ID: {ident}\n"
    if ids:
        out += f"In-Reply-To: {ids[-1]}\nReferences: {' '.join(ids)}\n"
    out += "".join(f"{line}\n" for line in mail["headers"]) + "MIME-Version: 1.0\n"
    ids.append(ident)
    quoted = case.lang not in ("zh-Hans", "zh-Hant") and case.number % 3 != 0
    body = part(mail["text"], mail["subtype"], codec, quoted)
    if mail["picture"]:
        mark = f"=_demo_{case.number}_{index}"
        body = (f'Content-Type: multipart/mixed; boundary="{mark}"\n\n--{mark}\n'.encode() + body
                + f"\n--{mark}\n".encode() + picture(case) + f"--{mark}--\n".encode())
    return sent, ident, out.encode() + body


def page(blocks, link):
    """A platform's mail: HTML only, with its frame around what the buyer wrote."""
    rows = "".join(f"<tr><td>{b}</td></tr>" for b in blocks if b)
    return ('<html><head><style>td{font-family:Arial}</style><title>x</title></head><body><table width="600" align="center">'
            f'{rows}<tr><td><a href="{link}">{html.escape(words.FOOT)}</a></td></tr></table>'
            '<img src="https://track.example/p.gif" width="1" height="1" alt=""></body></html>\n')


def lines_html(pairs):
    return "".join(f"<p>{html.escape(label)}: {html.escape(value)}</p>" for label, value in pairs if value)


def buyer_mail(case, text, first, due):
    """What the platform sends when the buyer wrote or did something."""
    build = getattr(words, "event_" + case.platform)
    return build(case, text, case.event if first else "message", due)


def own_mail(case, text, subject):
    return {"from": SHOP, "to": case.relay, "subject": subject, "headers": [], "text": text + "\n", "subtype": "plain",
            "picture": False}


def mails_of(case, now):
    """(sent, id, bytes, facts) of each mail of the case. Facts are what the tests expect of it."""
    ids, result, subject = [], [], None
    due = due_words(case, now)
    for index, (side, age, lines) in enumerate(case.mails):
        text = "\n\n".join(lines)
        if side == ">":
            mail = own_mail(case, text, "Re: " + subject if subject else words.first_subject(case))
        else:
            mail = buyer_mail(case, text, index == 0, due)
        mail["age"] = age
        mail["picture"] = "png" in case.flags and index == 0
        subject = subject or mail["subject"]
        if mail.pop("html", None):
            mail["text"], mail["subtype"] = page(mail["text"], f"https://{case.domain}/m/{case.number}"), "html"
        sent, ident, data = message_bytes(case, mail, index, now, ids)
        facts = (ident.strip("<>"), case.platform, case.options["kind"] if index == 0 else "-", case.lang if lines else "-",
                 {"<": "buyer", ">": "us", "!": "platform"}[side], case.order if side != ">" or case.order in mail["subject"] else "-",
                 str(due_ms(case, now)) if index == 0 else "0")
        result.append((sent, ident, data, facts))
    return result


def parse_now(text):
    if text is None:
        return dt.datetime.now(dt.timezone.utc).replace(microsecond=0)
    if re.fullmatch(r"\d+", text):
        return dt.datetime.fromtimestamp(int(text) // 1000, dt.timezone.utc)
    at = dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return at if at.tzinfo else at.replace(tzinfo=dt.timezone.utc)


def write_maildir(out, mails):
    for folder in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(out, folder), exist_ok=True)
    for sent, ident, data, _ in mails:
        name = f"{int(sent.timestamp())}.{ident.strip('<>').split('@')[0]}.demo"
        with open(os.path.join(out, "new", name), "wb") as f:
            f.write(data)


def write_mbox(out, mails):
    with open(out, "wb") as f:
        for sent, _, data, _ in mails:
            f.write(f"From demo@dunekettle.example {sent.strftime('%a %b %e %H:%M:%S %Y')}\n".encode())
            f.write(re.sub(rb"(?m)^(>*From )", rb">\1", data) + b"\n")


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--now", help="the moment to count from: ISO time or milliseconds (default: now)")
    options.add_argument("--out", required=True, help="the Maildir to make, or FILE.mbox")
    options.add_argument("--index", help="also write what each mail should be read as (tab separated), for the tests")
    args = options.parse_args()
    now = parse_now(args.now)
    mails = [mail for case in read_cases() for mail in mails_of(case, now)]
    mails.sort(key=lambda m: (m[0], m[1]))
    write_mbox(args.out, mails) if args.out.endswith(".mbox") else write_maildir(args.out, mails)
    if args.index:
        with open(args.index, "w", encoding="utf-8") as f:
            f.writelines("\t".join(m[3]) + "\n" for m in mails)
    print(f"{len(mails)} mails in {args.out}", file=sys.stderr)


if __name__ == "__main__":
    main()
