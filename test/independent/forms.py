"""Hashes, canonical JSON, entries and the Merkle tree of a journal, written from their definitions with the standard library only."""

import base64
import datetime
import hashlib
import json
import re
from decimal import Decimal

MASK = 0xFFFFFFFF
IV = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)


def rol(x, n):
    n %= 32
    return ((x << n) | (x >> (32 - n))) & MASK


def sm3(data):
    """SM3 as GB/T 32905-2016 defines it."""
    padded = data + b"\x80" + b"\x00" * ((55 - len(data)) % 64) + (8 * len(data)).to_bytes(8, "big")
    state = IV
    for start in range(0, len(padded), 64):
        w = [int.from_bytes(padded[start + 4 * i:start + 4 * i + 4], "big") for i in range(16)]
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ rol(w[j - 3], 15)
            w.append(x ^ rol(x, 15) ^ rol(x, 23) ^ rol(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = state
        for j in range(64):
            t = 0x79CC4519 if j < 16 else 0x7A879D8A
            ss1 = rol((rol(a, 12) + e + rol(t, j)) & MASK, 7)
            ss2 = ss1 ^ rol(a, 12)
            ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if j < 16 else (e & f) | (~e & MASK & g)
            tt1 = (ff + d + ss2 + (w[j] ^ w[j + 4])) & MASK
            tt2 = (gg + h + ss1 + w[j]) & MASK
            a, b, c, d = tt1, a, rol(b, 9), c
            e, f, g, h = tt2 ^ rol(tt2, 9) ^ rol(tt2, 17), e, rol(f, 19), g
        state = tuple(x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h)))
    return b"".join(x.to_bytes(4, "big") for x in state)


HASHES = {"sha256": lambda data: hashlib.sha256(data).digest(), "sm3": sm3}


class Bad(Exception):
    """Something is not in form; carries the code of the finding."""


def need(condition, code):
    if not condition:
        raise Bad(code)


def unbase64(text):
    need(isinstance(text, str) and re.fullmatch(r"[A-Za-z0-9_-]*", text) and len(text) % 4 != 1, "base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    need(base64.urlsafe_b64encode(data).rstrip(b"=").decode() == text, "base64url")
    return data


def enbase64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def no_double_keys(pairs):
    need(len({key for key, _ in pairs}) == len(pairs), "double-key")
    return dict(pairs)


def read_json(text):
    return json.loads(text, parse_float=Decimal, object_pairs_hook=no_double_keys)


def number_text(value):
    """The number as ECMAScript writes it."""
    if isinstance(value, int) and abs(value) < 10**15:
        return str(value)
    digits = repr(float(value))
    sign, digits = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    mantissa, _, exponent = digits.partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = "" if fraction == "0" else fraction
    point = len(whole) + int(exponent or 0)
    figures = whole + fraction
    stripped = figures.lstrip("0")
    point -= len(figures) - len(stripped)
    figures = stripped.rstrip("0")
    if figures == "":
        return "0"
    n, k = point, len(figures)
    if k <= n <= 21:
        return sign + figures + "0" * (n - k)
    if 0 < n <= 21:
        return sign + figures[:n] + "." + figures[n:]
    if -6 < n <= 0:
        return sign + "0." + "0" * -n + figures
    power = ("+" if n > 0 else "-") + str(abs(n - 1))
    return sign + figures[0] + ("." + figures[1:] if k > 1 else "") + "e" + power


def canonical(value):
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, (int, float, Decimal)):
        return number_text(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
    return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"


def micros(at):
    need(isinstance(at, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", at, re.ASCII), "instant")
    try:
        moment = datetime.datetime.strptime(at, "%Y-%m-%dT%H:%M:%S.%fZ")
    except ValueError:
        raise Bad("instant")
    need(moment.year >= 1970, "instant")
    return (moment - datetime.datetime(1970, 1, 1)) // datetime.timedelta(microseconds=1)


def is_name(value):
    return isinstance(value, str) and 1 <= len(value.encode("utf-16-be")) // 2 <= 200


def is_version(value):
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value < 2**53


def parse_env(data):
    try:
        text = data.decode("utf-8")
        env = read_json(text)
    except ValueError:
        raise Bad("env")
    need(isinstance(env, dict) and {"s", "t", "id", "v", "d", "c", "f"} <= set(env) <= set("stvdpecf") | {"id"}, "env")
    need(canonical(env) == text, "env")
    need(len(env["c"]) == len(env["f"]) == len(set(env["f"])), "env")
    need(env["s"] in HASHES and is_name(env["t"]) and is_version(env["v"]) and isinstance(env["d"], dict), "env")
    need(isinstance(env["id"], str) and re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", env["id"]), "env")
    need(all(map(is_name, env["f"])), "env")
    for part, key, version in env.get("e", []):
        need(is_name(part) and is_name(key) and is_version(version), "env")
    for commitment in env["c"]:
        need(len(unbase64(commitment)) == 32, "env")
    for part, rows in env.get("p", {}).items():
        need(is_name(part) and all(len(row) == 2 and all(map(is_name, row)) for row in rows), "env")
        keys = [row[0].encode("utf-16-be") for row in rows]
        need(all(a < b for a, b in zip(keys, keys[1:])), "env")
    return env


def leaf_hash(hash_, idx, at, data):
    return hash_(b"\x00" + idx.to_bytes(8, "big") + micros(at).to_bytes(8, "big") + data)


def node_hash(hash_, left, right):
    return hash_(b"\x01" + left + right)


def root_from_path(hash_, leaf, idx, size, path):
    """The root that a path leads to, from its definition (RFC 9162, 2.1.3.1) read backwards; None where the path does not fit."""
    if size == 1:
        return leaf if not path else None
    if not path:
        return None
    k = 1
    while k * 2 < size:
        k *= 2
    if idx < k:
        left = root_from_path(hash_, leaf, idx, k, path[:-1])
        return None if left is None else node_hash(hash_, left, path[-1])
    right = root_from_path(hash_, leaf, idx - k, size - k, path[:-1])
    return None if right is None else node_hash(hash_, path[-1], right)


def root_of(hash_, leaves):
    """Merkle tree hash by levels: pairs are joined, a lone last node goes up unchanged."""
    if not leaves:
        return hash_(b"")
    level = leaves
    while len(level) > 1:
        above = [node_hash(hash_, level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = above + ([level[-1]] if len(level) % 2 else [])
    return level[0]
