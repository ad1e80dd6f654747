"""The cost of other tools for the tasks of benches/tasks.rs, and the ratios to ours.

    python3 benches/peers/peers.py [TASK...]

Builds the peers that are Rust crates, makes a virtual environment in target/peers for the Python ones,
installs what it can, and runs each task of ours and of its peers in turn, so that all have the same
load; the fastest of three runs counts. The ratios by CPU seconds (all threads) and by elapsed seconds
are printed: on a busy machine only the first is reliable.
"""

import gzip
import json
import os
import re
import resource
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INPUT = ROOT.parent / "shared/treaties/trade_paragraphs.jsonl.gz"
HOME = ROOT / "target/peers"
RUST = ROOT / "target/peers-rust/release/consonance-peers"
RUNS = 3
PACKAGES = ["numpy", "scipy", "scikit-learn", "sparse_dot_topn", "faiss-cpu"]
STOP_WORDS = (
    "a an and are as at be but by for if in into is it no not of on or such that the their then "
    "there these they this to was will with"
).split()


def install():
    """Creates the environment; reports the packages that could not be installed."""
    python = HOME / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", HOME], check=True)
        for package in PACKAGES:
            command = [python, "-m", "pip", "install", "-q", package]
            if subprocess.run(command).returncode != 0:
                print(f"could not be installed: {package}", flush=True)
    return python


def records():
    with gzip.open(INPUT, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def vectors(texts):
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(
        ngram_range=(1, 2),
        min_df=2,
        sublinear_tf=True,
        token_pattern=r"\w+",
        stop_words=STOP_WORDS,
    ).fit_transform(texts)


def reduced(matrix):
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    return normalize(TruncatedSVD(100, random_state=1).fit_transform(matrix))


def labels_of(rows):
    try:
        import faiss
        import numpy

        rows = numpy.ascontiguousarray(rows, dtype=numpy.float32)
        k_means = faiss.Kmeans(rows.shape[1], 200, niter=20, seed=1, spherical=True)
        k_means.train(rows)
        return k_means.index.search(rows, 1)[1][:, 0]
    except ImportError:
        from sklearn.cluster import MiniBatchKMeans

        k_means = MiniBatchKMeans(200, random_state=1, n_init=1, batch_size=4096)
        return k_means.fit_predict(rows)


def quality(found, rows):
    """V measure and purity of the clauses that have a label."""
    from sklearn.metrics import v_measure_score
    from sklearn.metrics.cluster import contingency_matrix

    known = [place for place, row in enumerate(rows) if row["label"] is not None]
    labels = [rows[place]["label"] for place in known]
    table = contingency_matrix(labels, found[known])
    v = v_measure_score(labels, found[known])
    return {"v": round(v, 3), "purity": round(table.max(axis=0).sum() / len(known), 3)}


def task_vectors(rows):
    texts = [row["text"] for row in rows]
    matrix, cost = timed(lambda: vectors(texts))
    return {"values": matrix.nnz}, cost


def task_neighbors(rows):
    import numpy
    from sparse_dot_topn import sp_matmul_topn

    matrix = vectors([row["text"] for row in rows])
    # More than ten are requested, since those of the same agreement are dropped afterwards.
    near, cost = timed(
        lambda: sp_matmul_topn(matrix, matrix.T.tocsr(), top_n=60, threshold=0.5, n_threads=2)
    )
    numbers = {name: place for place, name in enumerate({row["agreement"] for row in rows})}
    group = numpy.array([numbers[row["agreement"]] for row in rows])
    pairs = near.tocoo()
    return {"pairs, own agreement left out": int((group[pairs.row] != group[pairs.col]).sum())}, cost


def task_clusters(rows):
    matrix = vectors([row["text"] for row in rows])
    found, cost = timed(lambda: labels_of(reduced(matrix)))
    return quality(found, rows), cost


def task_runs(rows):
    """Places by the hash of their first eight words, joined to maximal passages."""

    def find():
        place_of = defaultdict(list)
        for number, row in enumerate(rows):
            words = re.findall(r"\w+", row["text"].lower())
            for place in range(len(words) - 7):
                place_of[hash(tuple(words[place : place + 8]))].append((number, place))
        return sum(1 for places in place_of.values() if len(places) > 1)

    n_shared, cost = timed(find)
    return {"shared 8-grams (not joined)": n_shared}, cost


def task_table(_):
    def make():
        rows = records()
        found = labels_of(reduced(vectors([row["text"] for row in rows])))
        cells = defaultdict(list)
        for row, label in zip(rows, found):
            cells[label, row["agreement"]].append(row["text"])
        return len(cells)

    n_cells, cost = timed(make)
    return {"cells": n_cells}, cost


TASKS = {
    "vectors": task_vectors,
    "neighbors": task_neighbors,
    "clusters": task_clusters,
    "runs": task_runs,
    "table": task_table,
}


def timed(work):
    wall, cpu = time.perf_counter(), time.process_time()
    answer = work()
    return answer, (time.perf_counter() - wall, time.process_time() - cpu)


def run_peer(task):
    """Runs in the environment: prints one line of numbers, and the result."""
    found, (wall, cpu) = TASKS[task](records() if task != "table" else None)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(wall, cpu, peak, json.dumps(found))


def build():
    """Builds the peers that are Rust crates."""
    manifest = ROOT / "benches/peers/Cargo.toml"
    command = ["cargo", "build", "-q", "--release", "--manifest-path", manifest]
    subprocess.run([*command, "--target-dir", RUST.parents[1]], check=True)


def unpacked():
    """The records as an uncompressed file, for the Rust peers."""
    path = HOME / "clauses.jsonl"
    with gzip.open(INPUT, "rb") as packed, open(path, "wb") as plain:
        plain.write(packed.read())
    return path


def numbers(line):
    parts = line.split(maxsplit=3)
    return [float(part) for part in parts[:3]], parts[3] if len(parts) > 3 else ""


def fastest(command):
    """Runs a command several times; returns the figures and result of the run with the least elapsed time."""
    runs = []
    for _ in range(RUNS):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if done.returncode != 0:
            return None, (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        runs.append(numbers(done.stdout.splitlines()[-1]))
    return min(runs)


def ours_of(task):
    program = ["cargo", "bench", "-q", "--bench", "tasks", "--", "--one", task]
    runs = []
    for _ in range(RUNS):
        done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True)
        line = next(line for line in done.stdout.splitlines() if line.startswith(f"{task} "))
        runs.append(numbers(line.split(maxsplit=1)[1]))
    return min(runs)


def main():
    if sys.argv[1:2] == ["--one"]:
        return run_peer(sys.argv[2])
    python = install()
    build()
    subprocess.run(["cargo", "bench", "--bench", "tasks", "--no-run"], cwd=ROOT, check=True)
    plain = unpacked()
    peers = {
        "index": [("tantivy alone", [RUST, "index", plain])],
        "vectors": [
            ("scikit-learn", [python, __file__, "--one", "vectors"]),
            ("linfa-preprocessing", [RUST, "vectors", plain]),
        ],
        "kmeans": [("linfa k-means", [RUST, "clusters", plain])],
    }
    print(f"{'task':<11}{'ours s, CPU s, MB':>22}{'peer s, CPU s, MB':>24}{'ratio s, CPU':>15}")
    for task in sys.argv[1:] or [*TASKS, "index", "kmeans"]:
        (wall, cpu, peak), found = ours_of(task)
        print(f"{task:<11}{wall:>9.2f}{cpu:>7.2f}{peak:>6.0f}  {found}", flush=True)
        for name, command in peers.get(task, [("Python", [python, __file__, "--one", task])]):
            figures, peer_found = fastest(command)
            if figures is None:
                print(f"    {name} could not run: {peer_found}", flush=True)
                continue
            peer_wall, peer_cpu, peer_peak = figures
            ratios = f"{peer_wall / wall:>9.2f}{peer_cpu / cpu:>6.2f}"
            print(f"{'':<33}{peer_wall:>10.2f}{peer_cpu:>7.2f}{peer_peak:>7.0f}{ratios}", flush=True)
            print(f"    {name}: {peer_found}", flush=True)


if __name__ == "__main__":
    main()
