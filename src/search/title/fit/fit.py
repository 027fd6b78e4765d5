#!/usr/bin/env python3
"""Fits the trees that order titles and tell how sure the first is. Needs numpy and lightgbm.

The data are not in the repository. A line of `films.ndjson` is a film as in a bundle; queries are
two tables with a head, tab-separated: QUERIES with `qid`, `query`, `kind` and `gold_ids` (slugs of
all films that rightly answer, `|` between), NOFILM with `qid` and `query` for films that are not
there. Kinds that begin with `prefix` are left out: what is being typed has its own order.

  score.py titles-bundle > films.ndjson; score.py titles-queries > queries.ndjson
  fit.py more films.ndjson queries.ndjson QUERIES NOFILM > more.ndjson
  cargo run --release --example title-features films.ndjson < more.ndjson > features.bin 2> slugs.txt
  fit.py features.bin slugs.txt more.ndjson QUERIES NOFILM

`more` adds queries with two things wrong at once (a slip and a year, a slip and no article), which
people type and the tables lack; figures are of the tables' own queries alone.

It prints figures out of fold (no query is judged by trees that saw it or another for the same
film) and writes `order.trees` and `sure.trees` beside itself.
"""
import json, pathlib, random, re, struct, sys, zlib

import lightgbm as lgb
import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = (HERE.parent / "features.rs").read_text()
COUNT = int(re.search(r"NAMES: \[&str; (\d+)\]", SOURCE)[1])
NAMES = re.findall(r'^    "(.*)",$', SOURCE, re.M)[:COUNT]
FOLDS = 5
ORDER = dict(objective="lambdarank", num_leaves=24, max_depth=6, learning_rate=0.1, min_data_in_leaf=60, lambda_l2=5.0,
             feature_fraction=0.7, bagging_fraction=0.8, bagging_freq=1, lambdarank_truncation_level=6,
             label_gain=[0, 1], seed=7, num_threads=2, verbosity=-1, deterministic=True, max_bin=255)
ORDER_TREES = 100
SURE = dict(objective="binary", num_leaves=12, max_depth=5, learning_rate=0.06, min_data_in_leaf=80, lambda_l2=5.0,
            feature_fraction=0.7, bagging_fraction=0.8, bagging_freq=1, seed=7, num_threads=2, verbosity=-1)
SURE_TREES = 100
# What an added query weighs.
ADDED = 0.05
COLUMN = {name: at for at, name in enumerate(NAMES)}


def table(path):
    with open(path, encoding="utf-8") as f:
        head = f.readline().rstrip("\n").split("\t")
        return {(row := dict(zip(head, line.rstrip("\n").split("\t"))))["qid"]: row for line in f}


def load(features, slugs, queries, there, absent):
    slugs = [line.rstrip("\n") for line in open(slugs)]
    there, absent = table(there), table(absent)
    asked = [json.loads(line) for line in open(queries, encoding="utf-8")]
    ids = [query["id"].split("+")[0] for query in asked]
    rows = np.fromfile(features, dtype=np.float32).reshape(-1, COUNT + 2)
    query, film, x = rows[:, 0].astype(int), rows[:, 1].astype(int), rows[:, 2:]
    kinds = np.array([there[i]["kind"] if i in there else "absent" for i in ids])
    gold = [set(query.get("gold") or (there[i]["gold_ids"].split("|") if i in there else [])) for i, query in zip(ids, asked)]
    added = np.array(["+" in query["id"] for query in asked])
    fold = [zlib.crc32((there[i]["gold_id"] if i in there else absent[i]["removed_id"]).encode()) % FOLDS for i in ids]
    y = np.array([slugs[f] in gold[q] for q, f in zip(query, film)])
    return query, film, x, y, kinds, np.array(fold), added


def more(films, queries, there, absent):
    """Writes all queries, and some again with a second thing wrong."""
    years = {film["slug"]: film.get("year") for film in map(json.loads, open(films, encoding="utf-8"))}
    there, absent = table(there), table(absent)
    chance = random.Random(3)
    for line in open(queries, encoding="utf-8"):
        print(line, end="")
        query = json.loads(line)
        text, row = query["query"], there.get(query["id"]) or absent[query["id"]]
        kind, gold = row["kind"], row.get("gold_ids", "").split("|")
        if kind.startswith(("prefix", "acronym")) or "year" in kind:
            continue
        year = years.get(gold[0]) if query["id"] in there else row["year"]
        if year and chance.random() < 0.2:
            year = int(float(year))
            dated = chance.choice([f"{text} {year}", f"{text} ({year})"])
            print(json.dumps(dict(query, id=query["id"] + "+year", query=dated, gold=[g for g in gold if years.get(g) == year])))
        bare = re.sub(r"^(the|a|an) |\b(part|episode|chapter|volume|vol\.?) (?=\d|[ivx]+\b|one|two|three)", "", text, flags=re.I)
        if bare != text and bare and chance.random() < 0.4:
            print(json.dumps(dict(query, id=query["id"] + "+bare", query=bare, gold=gold)))


def groups(query):
    return np.diff(np.flatnonzero(np.r_[True, query[1:] != query[:-1], True]))


def by_query(query, score):
    """Rows sorted by query, best first."""
    return np.lexsort((-score, query))


def train_order(x, y, query, weight, trees=ORDER_TREES):
    useful = np.isin(query, np.unique(query[y]))
    data = lgb.Dataset(x[useful], y[useful].astype(int), weight=weight[useful], group=groups(query[useful]), feature_name=NAMES)
    return lgb.train(ORDER, data, trees)


def firsts(query, film, x, y, score):
    """For each query its first film: row, features for `sure`, whether it is right."""
    order = by_query(query, score)
    starts = np.flatnonzero(np.r_[True, query[order][1:] != query[order][:-1]])
    ends = np.r_[starts[1:], len(order)]
    found, made, right = [], [], []
    for s, e in zip(starts, ends):
        rows = order[s:e]
        first = rows[0]
        others = rows[film[rows] != film[first]]
        more = [score[first], 20.0, 9.0, 0.0]
        if len(others):
            n = others[0]
            more = [score[first], score[first] - score[n], x[n, COLUMN["edits at best"]] - x[first, COLUMN["edits at best"]], x[n, COLUMN["edit likeness"]]]
        found.append(query[first])
        made.append(np.r_[x[first], np.array(more, dtype=np.float32)])
        right.append(y[first])
    return np.array(found), np.array(made), np.array(right)


def report(query, film, y, score, kinds):
    order = by_query(query, score)
    hits = {}
    for row in order:
        seen = hits.setdefault(query[row], {})
        seen.setdefault(film[row], y[row])
    top = {}
    for q, kind in enumerate(kinds):
        if kind != "absent":
            right = list(hits.get(q, {}).values())
            top.setdefault(kind, []).append((any(right[:1]), any(right[:5]), any(right)))
    for kind in sorted(top):
        print(f"{kind:18} " + "  ".join(f"{v:.3f}" for v in np.mean(top[kind], axis=0)))
    full = np.concatenate([top[k] for k in top if not k.startswith(("prefix", "acronym"))])
    print("full top1/top5/there", np.mean(full, axis=0).round(4))


def let_through(found, right, sure, kinds):
    full = np.array([not k.startswith(("prefix", "acronym", "absent")) for k in kinds[found]])
    absent = kinds[found] == "absent"
    everyone = np.array([not k.startswith(("prefix", "acronym", "absent", "added")) for k in kinds]).sum()
    gate = np.sort(np.r_[np.zeros(everyone - full.sum()), sure[full]])[int(everyone * 0.05)]
    through = (sure[absent] >= gate).sum() / (kinds == "absent").sum()
    print(f"absent let through at 95 %: {through:.4f}, gate {gate:.3f}")
    for low, high in ((0, .2), (.2, .4), (.4, .6), (.6, .8), (.8, .9), (.9, .97), (.97, 1.01)):
        part = (sure >= low) & (sure < high) & (full | absent)
        if part.any():
            print(f"  said {low:.2f} to {high:.2f}: n {part.sum():5} right {right[part].mean():.3f}")


def write(model, path):
    """Nodes with the left child first: feature, how far on the right child is, threshold or answer."""
    out = bytearray()

    def node(tree):
        if "leaf_value" in tree:
            out.extend(struct.pack("<BBHf", 255, 0, 0, tree["leaf_value"]))
            return
        at = len(out)
        out.extend(bytes(8))
        node(tree["left_child"])
        right = (len(out) - at) // 8
        out[at:at + 8] = struct.pack("<BBHf", tree["split_feature"], 0, right, tree["threshold"])
        node(tree["right_child"])

    for tree in model.dump_model()["tree_info"]:
        node(tree["tree_structure"])
    path.write_bytes(out)
    print(path.name, len(out), "bytes")


def main():
    if sys.argv[1] == "more":
        return more(*sys.argv[2:6])
    query, film, x, y, kinds, fold, added = load(*sys.argv[1:6])
    asked = np.array([not k.startswith("prefix") for k in kinds])[query]
    query, film, x, y = query[asked], film[asked], x[asked], y[asked]
    weight = np.where(added, ADDED, 1.0)[query]
    score = np.zeros(len(y))
    for f in range(FOLDS):
        inside = fold[query] == f
        model = train_order(x[~inside], y[~inside], query[~inside], weight[~inside])
        score[inside] = model.predict(x[inside])
    np.save("/tmp/oof.npy", score)
    own = np.where(added | np.char.startswith(kinds.astype(str), "prefix"), "absent", kinds)
    report(query, film, y, score, own)
    found, made, right = firsts(query, film, x, y, score)
    chosen = np.array([not k.startswith("acronym") for k in kinds[found]])
    told = np.where(added, ADDED, 1.0)[found]
    sure = np.zeros(len(found))
    for f in range(FOLDS):
        inside = fold[found] == f
        use = ~inside & chosen
        model = lgb.train(SURE, lgb.Dataset(made[use], right[use].astype(int), weight=told[use]), SURE_TREES)
        sure[inside] = model.predict(made[inside])
    own_first = ~added[found]
    let_through(found[own_first], right[own_first], sure[own_first], np.where(added, "added", kinds))
    print(f"added: right {right[~own_first].mean():.3f}, said {sure[~own_first].mean():.3f}")
    final = train_order(x, y, query, weight)
    gain = sorted(zip(final.feature_importance("gain"), NAMES), reverse=True)
    print(", ".join(f"{n} {g:.0f}" for g, n in gain))
    write(final, HERE / "order.trees")
    # The scores that `sure` reads come from trees that saw these very queries; out-of-fold scores do not.
    model = lgb.train(SURE, lgb.Dataset(made[chosen], right[chosen].astype(int), weight=told[chosen]), SURE_TREES)
    write(model, HERE / "sure.trees")


if __name__ == "__main__":
    main()
