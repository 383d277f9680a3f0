"""Judges a whole batch: is every photo right, and is there a reason for every refusal?

    target/venv-checker/bin/python tests/checker/judge_batch.py ORIGINALS OUT [--list FILE] [--json FILE]
    target/venv-checker/bin/python tests/checker/judge_batch.py --self-test

OUT/summary.json is {"specification": id, "items": [{"input": path, "outcome": "photo" | "refused" | "failed",
"codes": [...], "output": "x.jpg" | null}]}; a report beside a photo is OUT/x.json. `--list` names the pictures
that must be there, one a line: one that is missing is wrong.

right          a photo that passes check_photo, and same_face where a report lies beside it
wrong          any other photo, a failed or missing picture
confirmed      a refusal without a legal crop (legal_crop) whose codes name what is in the way
contradicted   a refusal although a legal crop exists, or for another reason than the one found
not assessable a refusal the checker cannot judge: its numbers lie within the noise, or it sees no face

Prints one JSON line a picture, then the sums. Ends with 0 only if nothing is wrong or contradicted, with 2 if
the batch cannot be read.
"""

import argparse
import collections
import json
import pathlib
import sys

from national import SPECIFICATION

OUTCOMES = ("photo", "refused", "failed")
RIGHT, WRONG = "right", "wrong"
CONFIRMED, CONTRADICTED, UNSURE = "confirmed", "contradicted", "not assessable"


class UnreadableBatch(Exception):
    """The summary or the list says something this program does not understand."""


def read_items(out: pathlib.Path) -> list[dict]:
    """The items of OUT/summary.json, each as documented above."""
    try:
        summary = json.loads((out / "summary.json").read_text("utf-8"))
        specification, items = summary["specification"], summary["items"]
        if specification != SPECIFICATION:
            raise UnreadableBatch(f"these are the rules of {SPECIFICATION}, not of {specification}")
        for item in items:
            if item["outcome"] not in OUTCOMES:
                raise UnreadableBatch(f"{item['input']}: unknown outcome {item['outcome']!r}")
            if item["outcome"] == "photo" and not item["output"]:
                raise UnreadableBatch(f"{item['input']}: a photo without an output")
            item["codes"] = list(item.get("codes") or [])
    except (OSError, ValueError) as error:
        raise UnreadableBatch(f"summary.json: {error}") from error
    except (KeyError, TypeError) as error:
        raise UnreadableBatch(f"summary.json has no usable {error}") from error
    return items


def judge(item: dict, originals: pathlib.Path, out: pathlib.Path) -> dict:
    """The verdict on one item, with what it rests on."""
    # not before the summary is understood: MediaPipe takes seconds to load
    from judge_one import judge_photo, judge_refusal

    if item["outcome"] == "failed":
        return {"verdict": WRONG, "why": "failed: " + ", ".join(item["codes"])}
    original = find(originals, item["input"])
    if item["outcome"] == "photo":
        return judge_photo(original, out / item["output"])
    return judge_refusal(original, item["codes"])


def find(originals: pathlib.Path, name: str) -> pathlib.Path:
    """The original: by its path under the folder, else by its bare name."""
    for path in (originals / name, originals / pathlib.PurePath(name).name):
        if path.is_file():
            return path
    raise UnreadableBatch(f"{name} is not in {originals}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("originals", nargs="?", type=pathlib.Path)
    parser.add_argument("out", nargs="?", type=pathlib.Path)
    parser.add_argument("--list", type=pathlib.Path)
    parser.add_argument("--json", type=pathlib.Path)
    parser.add_argument("--self-test", action="store_true")
    options = parser.parse_args()
    if options.self_test:
        from judge_self_test import self_test

        return self_test()
    if not options.out:
        parser.error("ORIGINALS and OUT are needed")
    try:
        items = read_items(options.out)
        for item in items:
            find(options.originals, item["input"])
        wanted = options.list.read_text("utf-8").split("\n") if options.list else []
    except (UnreadableBatch, OSError) as error:
        print(f"judge_batch: {error}", file=sys.stderr)
        return 2
    named = {pathlib.PurePath(line.strip()).name for line in wanted if line.strip()}

    lines = []
    for item in items:
        if named and pathlib.PurePath(item["input"]).name not in named:
            continue
        told = {"input": item["input"], "outcome": item["outcome"], "codes": item["codes"]}
        lines.append(told | judge(item, options.originals, options.out))
        print(json.dumps(lines[-1], ensure_ascii=False), flush=True)
    for name in sorted(named - {pathlib.PurePath(line["input"]).name for line in lines}):
        lines.append({"input": name, "outcome": None, "codes": [], "verdict": WRONG, "why": "not in the summary"})
        print(json.dumps(lines[-1], ensure_ascii=False))

    sums = summary_of(lines)
    print(json.dumps(sums, ensure_ascii=False))
    if options.json:
        document = json.dumps({"summary": sums, "items": lines}, ensure_ascii=False, indent=1)
        options.json.write_text(document + "\n", "utf-8")
    return 0 if lines and not (sums["wrong"] or sums["contradicted"]) else 1


def summary_of(lines: list[dict]) -> dict:
    """Right, wrong and refused of all."""
    count = collections.Counter(line["verdict"] for line in lines)
    refused = count[CONFIRMED] + count[CONTRADICTED] + count[UNSURE]
    return {
        "of": len(lines),
        "right": count[RIGHT],
        "wrong": count[WRONG],
        "refused": refused,
        "confirmed": count[CONFIRMED],
        "contradicted": count[CONTRADICTED],
        "not_assessable": count[UNSURE],
    }


if __name__ == "__main__":
    sys.exit(main())
