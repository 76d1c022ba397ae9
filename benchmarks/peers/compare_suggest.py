#!/usr/bin/env python3
"""Times Attune's suggestions beside Optuna's on one machine in one run, and prints the ratios.

    python3 benchmarks/peers/compare_suggest.py --attune src/Attune.Cli/bin/Release/net10.0/Attune.Cli

Both sides work on the problem of optuna_suggest.py, on one thread, with studies in memory. For each number of trials, a study is filled
with so many random trials without asking the sampler; then the sampler is asked thirty times after a first one that is left out, since
it reads all that was filled. A suggestion's time is the processor time of the ask and of the tell before it, and medians are compared.
Optuna's Gaussian process is timed up to 500 trials where its version has one (4.0 and later, with PyTorch).
"""
import argparse
import importlib.util
import json
import os
import random
import statistics
import subprocess
import sys
import time

import optuna_suggest

MOST_FOR_PROCESSES = 500


def time_attune(attune, trials, suggestions):
    """Medians of processor seconds by method and number of trials."""
    serve = f"{sys.executable} {os.path.abspath(optuna_suggest.__file__)} --serve"
    lines = subprocess.run(
        [attune, "bench", "times", "--evaluator", serve, "--problems", optuna_suggest.PROBLEM, "--methods", "tpe,gp,auto",
         "--trials", ",".join(map(str, trials)), "--suggestions", str(suggestions), "--json"],
        check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    return {(line["method"], line["trials"]): line["cpu_median"] for line in map(json.loads, lines)}


def time_optuna(optuna, sampler, trials, suggestions):
    """The median of processor seconds."""
    study = optuna.create_study(sampler=sampler)
    draws = random.Random(0)
    distributions = optuna_suggest.distributions(optuna)
    study.add_trials([
        optuna.trial.create_trial(params=values, distributions=distributions, value=optuna_suggest.loss(values))
        for values in (optuna_suggest.draw(draws) for _ in range(trials))
    ])
    trial, seconds = study.ask(), []
    values = optuna_suggest.suggest(trial)
    for _ in range(suggestions):
        value = optuna_suggest.loss(values)
        before = time.thread_time()
        study.tell(trial, value)
        trial = study.ask()
        values = optuna_suggest.suggest(trial)
        seconds.append(time.thread_time() - before)
    return statistics.median(seconds)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attune", default="attune", help="the attune executable, of a Release build")
    parser.add_argument("--trials", default="10,50,100,200,500,1000,2000,5000", help="numbers, separated by commas")
    parser.add_argument("--suggestions", type=int, default=30, help="how many suggestions a median is taken over")
    options = parser.parse_args()
    import optuna
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    trials = [int(number) for number in options.trials.split(",")]
    has_process = hasattr(optuna.samplers, "GPSampler") and importlib.util.find_spec("torch") is not None
    attune = time_attune(options.attune, trials, options.suggestions)

    print(f"Optuna {optuna.__version__}; medians of processor time, in milliseconds, and Optuna's over Attune's")
    pairs = [("tpe", "tpe")] + [(method, "gp" if has_process else "tpe") for method in ("gp", "auto")]
    print(f"{'trials':>6} " + " ".join(f"{f'attune {a}':>12} {f'optuna {b}':>12} {'ratio':>8}" for (a, b) in pairs), flush=True)
    for number in trials:
        peers = {"tpe": time_optuna(optuna, optuna.samplers.TPESampler(seed=0), number, options.suggestions)}
        if has_process and number <= MOST_FOR_PROCESSES:
            peers["gp"] = time_optuna(optuna, optuna.samplers.GPSampler(seed=0), number, options.suggestions)
        cells = []
        for a, b in pairs:
            own, peer = attune[a, number], peers.get(b)
            cells.append(f"{own * 1e3:12.3f} " + (f"{'':>12} {'':>8}" if peer is None else f"{peer * 1e3:12.3f} {peer / own:8.2f}"))
        print(f"{number:6d} " + " ".join(cells), flush=True)


if __name__ == "__main__":
    main()
