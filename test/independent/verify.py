#!/usr/bin/env python3
"""Checks an evidence packet or a journal export without any code of the product: Python 3 standard library only.

usage: verify.py FILE [--journal EXPORT]     one file, answers one JSON object
       verify.py --batch                     one JSON request per line of stdin: {"packet"?, "lines"?}, one answer per line
An answer is {"ok": bool, "findings": [code, ...], "values": {figure: value over the whole journal}}.
"""

import datetime
import json
import re
import sys
from decimal import ROUND_FLOOR, Decimal

sys.dont_write_bytecode = True

from forms import (
    HASHES,
    Bad,
    canonical,
    enbase64,
    leaf_hash,
    micros,
    need,
    parse_env,
    read_json,
    root_from_path,
    root_of,
    unbase64,
)

def within(bounds, value):
    return bounds is not None and isinstance(value, str) and bounds[0] <= value <= bounds[1]


def same(a, b):
    return a == b and isinstance(a, bool) == isinstance(b, bool)


def matches(where, env):
    d = env["d"]
    if set(where) - {"type", "kind", "day", "month", "topic", "unit", "equals"}:
        raise Bad("packet/format")
    if env["t"] != where["type"] or d.get("withdrawn") is True:
        return False
    if "unit" in where and d.get("unit") not in where["unit"]:
        return False
    also = d.get("also_kinds") if isinstance(d.get("also_kinds"), list) else []
    if "kind" in where and not any(kind in where["kind"] for kind in [d.get("kind"), *also]):
        return False
    if ("day" in where or "month" in where) and not within(where.get("day"), d.get("on")) and not within(where.get("month"), d.get("month")):
        return False
    if "topic" in where and not (isinstance(d.get("topics"), list) and where["topic"] in d["topics"]):
        return False
    for name, wanted in where.get("equals", {}).items():
        if name not in d or not any(same(one, d[name]) for one in (wanted if isinstance(wanted, list) else [wanted])):
            return False
    return True


def exact(value):
    need(isinstance(value, (int, Decimal)) and not isinstance(value, bool), "figure/records")
    return Decimal(value)


def field_of(env, name):
    need(name in env["d"], "figure/records")
    return env["d"][name]


def keys_of(env, how):
    need(how["part"] in env.get("p", {}), "figure/records")
    return [key for key, status in env["p"][how["part"]] if status in how["status"]]


def count(how, envs):
    op = how["op"]
    if op == "count":
        return Decimal(len(envs))
    if op == "sum":
        return sum((exact(field_of(env, how["field"])) for env in envs if field_of(env, how["field"]) is not None), Decimal(0))
    if op == "parts":
        return Decimal(sum(len(keys_of(env, how)) for env in envs))
    if op == "distinct":
        return Decimal(len({key for env in envs for key in keys_of(env, how)}))
    if op == "values":
        return Decimal(len({canonical(field_of(env, how["field"])) for env in envs}))
    if op == "ratio":
        if not envs:
            return None
        met = sum(matches(how["met"], env) for env in envs)
        scale = 10 ** how["digits"]
        share = Decimal(met * scale * (100 if how["percent"] else 1) * 2 + len(envs)) / (2 * len(envs))
        return share.to_integral_value(rounding=ROUND_FLOOR) / scale
    need(op == "only" and len(envs) <= 1, "figure/records")
    if not envs or field_of(envs[0], how["field"]) is None:
        return None
    return exact(field_of(envs[0], how["field"]))


def equal(a, b):
    return a is b if a is None or b is None else float(a) == float(b)


def wording_holds(figure):
    value, approx, printed = figure["value"], figure["approx"], figure["printed"]
    if value is None:
        return approx is None and not re.search(r"[0-9]", printed)
    numbers = re.findall(r"-?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?", printed)
    said = approx["base"] if approx else value
    if len(numbers) != 1 or not equal(Decimal(numbers[0].replace(",", "")), said):
        return False
    words = [word for spelling, word in (("余", "余"), ("多", "多"), ("以上", "以上"), ("突破", "突破"), ("超", "突破")) if spelling in printed]
    if approx is None:
        return not words
    if words != [approx["word"]]:
        return False
    if approx["word"] == "以上":
        return value >= said
    if approx["word"] == "突破":
        return value > said
    step = 100 if value >= 1000 else 10
    return value > said >= 10 and said == value // step * step


def happened_last(d):
    if isinstance(d.get("on"), str):
        return datetime.date.fromisoformat(d["on"])
    if isinstance(d.get("month"), str):
        year, month = map(int, d["month"].split("-"))
        return datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)
    return None


def late_mark_right(packet, stub, env):
    d = env["d"]
    happened = happened_last(d)
    if happened is None or d.get("opening") is True:
        return not stub["late"]
    entered = (datetime.datetime(1970, 1, 1, 8) + datetime.timedelta(microseconds=micros(stub["at"]))).date()
    days = packet.get("lateAfterDays", {}).get(d["kind"] if isinstance(d.get("kind"), str) else env["t"])
    if days is None:
        return not stub["late"] or entered > happened
    return stub["late"] == ((entered - happened).days > days)


def digest_of(hash_, packet):
    sealed = {key: value for key, value in packet.items() if key not in ("checkpoint", "freeze", "restricted")}
    sealed["figures"] = [dict(figure, stubs=[stub["idx"] for stub in figure["stubs"]]) for figure in packet["figures"]]
    return enbase64(hash_(canonical(sealed).encode()))


def is_included(hash_, packet, stub, data):
    checkpoint = packet["checkpoint"]
    if not 0 <= stub["idx"] < checkpoint["size"]:
        return False
    path = [unbase64(step) for step in stub["proof"]]
    leaf = leaf_hash(hash_, stub["idx"], stub["at"], data)
    return root_from_path(hash_, leaf, stub["idx"], checkpoint["size"], path) == unbase64(checkpoint["root"])


def opened_right(hash_, packet, stub, env):
    if "opened" not in stub:
        return True
    if "restricted" not in packet or env["t"] == "talk":
        return False
    for field, one in stub["opened"].items():
        if field not in env["f"]:
            return False
        sealed = hash_(unbase64(one["salt"]) + canonical([field, one["value"]]).encode())
        if enbase64(sealed) != env["c"][env["f"].index(field)]:
            return False
    return True


def check_stub(hash_, packet, figure, stub, found):
    try:
        data = unbase64(stub["env"])
        env = parse_env(data)
    except Bad:
        found.append("stub/env")
        return None
    checks = {
        "stub/proof": is_included(hash_, packet, stub, data),
        "stub/outside": stub["idx"] < packet["asOf"],
        "stub/suite": env["s"] == packet["checkpoint"]["suite"],
        "stub/filter": matches(figure["where"], env),
        "checkpoint/time": stub["at"] <= packet["checkpoint"]["at"],
        "stub/opening": stub["opening"] == (env["d"].get("opening") is True),
        "stub/late": late_mark_right(packet, stub, env),
        "stub/opened": opened_right(hash_, packet, stub, env),
    }
    found.extend(code for code, holds in checks.items() if not holds)
    return env


def check_figure(hash_, packet, figure, found):
    where, period = figure["where"], figure["period"]
    day_right = where.get("day", [period["from"], period["to"]]) == [period["from"], period["to"]]
    months = [period["from"][:7], period["to"][:7]]
    if not day_right or where.get("month", months) != months or period["from"] > period["to"]:
        found.append("figure/period")
    envs = [check_stub(hash_, packet, figure, stub, found) for stub in figure["stubs"]]
    order = [stub["idx"] for stub in figure["stubs"]]
    if any(a >= b for a, b in zip(order, order[1:])):
        found.append("stub/order")
    read = [env for env in envs if env is not None]
    if len({(env["t"], env["id"]) for env in read}) < len(read):
        found.append("stub/twice")
    try:
        if not equal(count(figure["aggregate"], read), figure["value"]):
            found.append("figure/value")
    except Bad as bad:
        found.append(str(bad))
    if not wording_holds(figure):
        found.append("figure/wording")
    return envs


def check_freeze(hash_, packet, found):
    freeze = packet["freeze"]
    try:
        data = unbase64(freeze["env"])
        env = parse_env(data)
        need(freeze["idx"] >= packet["asOf"] and is_included(hash_, packet, freeze, data), "freeze/proof")
    except Bad:
        found.append("freeze/proof")
        return
    if env["s"] != packet["checkpoint"]["suite"]:
        found.append("stub/suite")
    if env["t"] != "report" or env["d"].get("digest") != digest_of(hash_, packet):
        found.append("freeze/digest")


def is_day(text):
    return isinstance(text, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) and bool(datetime.date.fromisoformat(text))


def is_count(value, least=0):
    return isinstance(value, int) and not isinstance(value, bool) and least <= value < 2**53


def need_proof(entry):
    micros(entry["at"])
    form = is_count(entry["idx"]) and len(entry["proof"]) <= 64 and all(len(step) == 43 for step in entry["proof"])
    need(form and isinstance(entry["env"], str), "packet/format")


def need_form(packet):
    checkpoint = packet["checkpoint"]
    micros(checkpoint["at"])
    need(is_count(checkpoint["size"]) and is_count(packet["asOf"]) and len(checkpoint["root"]) == 43, "packet/format")
    need(all(is_count(days) for days in packet.get("lateAfterDays", {}).values()), "packet/format")
    if "freeze" in packet:
        need_proof(packet["freeze"])
    for figure in packet["figures"]:
        where, approx, how = figure["where"], figure["approx"], figure["aggregate"]
        days = [figure["period"]["from"], figure["period"]["to"], *where.get("day", [])]
        months = where.get("month", [])
        need(is_count(figure["no"], 1) and all(map(is_day, days)), "packet/format")
        need(all(re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", month) for month in months), "packet/format")
        need(len(where.get("day", "ab")) == 2 and len(where.get("month", "ab")) == 2, "packet/format")
        need(where.get("kind") != [] and where.get("unit") != [] and how.get("status") != [], "packet/format")
        need(approx is None or approx["word"] in ("余", "多", "以上", "突破"), "packet/format")
        need(how["op"] in ("count", "sum", "parts", "distinct", "values", "ratio", "only"), "packet/format")
        need(how["op"] != "ratio" or (is_count(how["digits"]) and how["digits"] <= 4), "packet/format")
        for stub in figure["stubs"]:
            need_proof(stub)
            for one in stub.get("opened", {}).values():
                need(set(one) == {"salt", "value"} and len(one["salt"]) == 43 and isinstance(one["value"], str), "packet/format")
    if "restricted" in packet:
        need(set(packet["restricted"]) == {"by", "at", "persons"} and isinstance(packet["restricted"]["by"], str), "packet/format")
        micros(packet["restricted"]["at"])


def verify_packet(packet):
    found = []
    try:
        need(packet["format"] == "luze-evidence/1", "packet/version")
        hash_ = HASHES[packet["checkpoint"]["suite"]]
        need_form(packet)
        if packet["checkpoint"]["size"] < packet["asOf"]:
            found.append("checkpoint/size")
        if len({figure["no"] for figure in packet["figures"]}) < len(packet["figures"]):
            found.append("figure/number")
        if "freeze" in packet:
            check_freeze(hash_, packet, found)
        versions, times = {}, {}
        if "freeze" in packet:
            times[packet["freeze"]["idx"]] = packet["freeze"]["at"]
        for figure in packet["figures"]:
            for stub, env in zip(figure["stubs"], check_figure(hash_, packet, figure, found)):
                if env is not None and versions.setdefault((env["t"], env["id"]), env["v"]) != env["v"]:
                    found.append("stub/versions")
                if times.setdefault(stub["idx"], stub["at"]) != stub["at"]:
                    found.append("stub/time")
        ordered = [times[idx] for idx in sorted(times)]
        if any(a > b for a, b in zip(ordered, ordered[1:])):
            found.append("stub/time")
    except Bad as bad:
        found.append(str(bad) if "/" in str(bad) else "packet/format")
    except (KeyError, TypeError, ValueError, AttributeError, IndexError):
        found.append("packet/format")
    return found


def read_entries(lines, found):
    """The header and the entries (idx, at, env bytes, env) of an export; unreadable lines are findings."""
    try:
        header = read_json(lines[0])
        need(header["format"] == "luze-journal/1" and header["suite"] in HASHES, "journal/format")
        unbase64(header["root"])
    except (Bad, KeyError, TypeError, ValueError, IndexError):
        found.append("journal/format")
        return None, []
    entries, expected = [], 0
    for line in lines[1:]:
        try:
            row = read_json(line)
            need(set(row) == {"idx", "at", "env"} and isinstance(row["idx"], int) and row["idx"] >= 0, "journal/line")
            data = unbase64(row["env"])
            micros(row["at"])
            entries.append((row["idx"], row["at"], data, parse_env(data)))
            if row["idx"] != expected:
                found.append("journal/gap")
            expected = row["idx"] + 1
        except (Bad, KeyError, TypeError, ValueError):
            found.append("journal/line")
            expected += 1
    return header, entries


def erasure_right(d, idx, lengths):
    if set(d) != {"basis", "fields"} or not isinstance(d["basis"], str) or not isinstance(d["fields"], list):
        return False
    pairs = [pair for pair in d["fields"] if isinstance(pair, list) and len(pair) == 2 and all(map(is_count, pair))]
    return len(pairs) == len(d["fields"]) and all(of < idx and j < lengths.get(of, 0) for of, j in pairs)


def verify_journal(lines):
    found = []
    header, entries = read_entries([line for line in lines if line], found)
    if header is None:
        return found, None, [], []
    hash_ = HASHES[header["suite"]]
    leaves = [leaf_hash(hash_, idx, at, data) for idx, at, data, _ in entries]
    times = [micros(entry[1]) for entry in entries]
    if any(a > b for a, b in zip(times, times[1:])):
        found.append("journal/time")
    versions, lengths = {}, {}
    for idx, _, _, env in entries:
        if env["s"] != header["suite"]:
            found.append("journal/suite")
        key = (env["t"], env["id"])
        if env["v"] != versions.get(key, 0) + 1:
            found.append("journal/chain")
        versions[key] = env["v"]
        lengths[idx] = len(env["c"])
        if env["t"] == "erasure":
            if not erasure_right(env["d"], idx, lengths):
                found.append("journal/erasure")
    if len(entries) != header["size"]:
        found.append("journal/size")
    if root_of(hash_, leaves) != unbase64(header["root"]):
        found.append("journal/root")
    return found, header, entries, leaves


def recount(figure, entries, as_of):
    latest = {}
    for idx, _, _, env in entries:
        if idx < as_of:
            latest[(env["t"], env["id"])] = (idx, env)
    matching = [(idx, env) for idx, env in latest.values() if matches(figure["where"], env)]
    counted = sorted(matching, key=lambda pair: pair[0])
    return count(figure["aggregate"], [env for _, env in counted]), [idx for idx, _ in counted]


def answer(packet, lines):
    found, values = [] if packet is None else verify_packet(packet), {}
    if lines is not None:
        journal_found, header, entries, leaves = verify_journal(lines)
        found += journal_found
        if packet is not None and header is not None and "packet/format" not in found:
            size = packet["checkpoint"]["size"]
            if size > len(leaves) or root_of(HASHES[header["suite"]], leaves[:size]) != unbase64(packet["checkpoint"]["root"]):
                found.append("journal/checkpoint")
            for figure in packet["figures"]:
                value, idxs = recount(figure, entries, packet["asOf"])
                values[str(figure["no"])] = None if value is None else float(value)
                if not equal(value, figure["value"]):
                    found.append("journal/recount")
                elif idxs != [stub["idx"] for stub in figure["stubs"]]:
                    found.append("journal/records")
    return {"ok": not found, "findings": sorted(set(found)), "values": values}


def read_packet(path):
    text = open(path, encoding="utf-8").read()
    inside = re.search(r'<script type="application/json" id="luze-packet">(.*?)</script>', text, re.DOTALL)
    return read_json(inside.group(1) if inside else text)


def main(words):
    if words == ["--batch"]:
        for line in sys.stdin:
            request = read_json(line)
            print(json.dumps(answer(request.get("packet"), request.get("lines"))), flush=True)
        return 0
    if len(words) not in (1, 3) or (len(words) == 3 and words[1] != "--journal"):
        print(__doc__, file=sys.stderr)
        return 2
    is_journal = words[0].endswith(".jsonl")
    export = words[0] if is_journal else words[2] if len(words) == 3 else None
    lines = None if export is None else open(export, encoding="utf-8").read().split("\n")
    result = answer(None if is_journal else read_packet(words[0]), lines)
    print(json.dumps(result))
    return 0 if result["ok"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
