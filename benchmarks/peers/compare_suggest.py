#!/usr/bin/env python3
"""Times Attune's suggestions beside Optuna's on one machine in one run, and prints the ratios.

    python3 benchmarks/peers/compare_suggest.py --attune src/Attune.Cli/bin/Release/net10.0/Attune.Cli

Both sides run the problem of optuna_suggest.py, one study after the other, on one thread. A suggestion's time is the processor time of the
ask and of the tell before it, and the median is taken over the twenty trials about each number of trials, over all seeds. Optuna's
Gaussian process is timed where its version has one (4.0 and later, with PyTorch).
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile

import optuna_suggest

SHORT = 520
WINDOW = 10
NUMBERS = [10, 50, 100, 200, 500, 1000, 2000, 5000]


def read(path):
    """Processor seconds by sampler and number of trials; those of the clock where a thread's are not known."""
    times = {}
    with open(path, encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            seconds = line.get("ask_cpu_seconds")
            times.setdefault(line["sampler"], {}).setdefault(line["trial"], []).append(line["ask_seconds"] if seconds is None else seconds)
    return times


def median(times, number):
    last = max(times) + 1
    if number > last:
        return None
    # The last window of a study lies before its end.
    middle = min(number, last - WINDOW)
    near = [seconds for trial, all_seconds in times.items() if abs(trial - middle) < WINDOW for seconds in all_seconds]
    return statistics.median(near) if near else None


def run_attune(attune, method, trials, seeds, out):
    serve = f"{sys.executable} {os.path.abspath(optuna_suggest.__file__)} --serve"
    subprocess.run(
        [attune, "bench", "run", "--evaluator", serve, "--problems", optuna_suggest.PROBLEM, "--methods", method,
         "--trials", str(trials), "--seeds", seeds, "--jobs", "1", "--out", out],
        check=True, stdout=subprocess.DEVNULL)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attune", default="attune", help="the attune executable, of a Release build")
    parser.add_argument("--trials", type=int, default=5000, help="the length of TPE's studies; those of Gaussian processes have 520 at most")
    parser.add_argument("--seeds", default="0,1", help="numbers, separated by commas")
    options = parser.parse_args()
    import optuna
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    short = min(options.trials, SHORT)
    has_process = hasattr(optuna.samplers, "GPSampler")
    with tempfile.TemporaryDirectory() as folder:
        peers, own, own_short = (os.path.join(folder, name) for name in ("optuna.jsonl", "attune.jsonl", "attune-short.jsonl"))
        with open(peers, "a", encoding="utf-8") as out:
            for seed in map(int, options.seeds.split(",")):
                optuna_suggest.run(optuna, "tpe", seed, options.trials, out)
                if has_process:
                    optuna_suggest.run(optuna, "gp", seed, short, out)
        run_attune(options.attune, "tpe", options.trials, options.seeds, own)
        run_attune(options.attune, "gp,auto", short, options.seeds, own_short)
        optuna_times, attune_times = read(peers), read(own) | read(own_short)

    print(f"Optuna {optuna.__version__}; medians of processor time, in milliseconds, and Optuna's over Attune's")
    pairs = [("tpe", "tpe")] + [(method, "gp" if has_process else "tpe") for method in ("gp", "auto")]
    print(f"{'trials':>6} " + " ".join(f"{f'attune {a}':>12} {f'optuna {b}':>12} {'ratio':>8}" for (a, b) in pairs))
    for number in NUMBERS:
        cells = []
        for a, b in pairs:
            left, right = median(attune_times[a], number), median(optuna_times[b], number)
            cells.append(f"{'':>12} {'':>12} {'':>8}" if left is None or right is None
                         else f"{left * 1e3:12.3f} {right * 1e3:12.3f} {right / left:8.2f}")
        if any(cell.strip() for cell in cells):
            print(f"{number:6d} " + " ".join(cells))


if __name__ == "__main__":
    main()
