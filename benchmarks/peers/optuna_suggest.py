"""Suggestion times of Optuna, as the lines that `attune bench run` writes.

python3 benchmarks/peers/optuna_suggest.py --out optuna.jsonl [--samplers tpe,cmaes] [--trials 5000] [--seeds 0]

The problem is `network7`: the seven hyperparameters of a network, four of them on logarithmic scales, three of them integers, and a smooth
loss with known optimum, so that evaluating costs nothing. `attune bench report` reads the file; to set Attune beside it, serve the same
problem by `--serve`:

attune bench run --evaluator "python3 benchmarks/peers/optuna_suggest.py --serve" --problems network7 --methods tpe --trials 5000 \\
    --seeds 0 --out attune.jsonl
attune bench report optuna.jsonl attune.jsonl --evaluator "python3 benchmarks/peers/optuna_suggest.py --serve" --out report

Numerical libraries are held to one thread, unless the environment says otherwise. Studies are kept in memory.
"""
import argparse
import json
import math
import os
import sys
import time

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

PROBLEM = "network7"
# Name, type, low, high, whether the scale is logarithmic, and where the optimum lies between low (0) and high (1).
PARAMETERS = [
    ("batch_size", "int", 16, 512, True, 0.6),
    ("learning_rate", "float", 1e-4, 1e-1, True, 0.7),
    ("momentum", "float", 0.1, 0.99, False, 0.8),
    ("weight_decay", "float", 1e-5, 1e-1, True, 0.2),
    ("layers", "int", 1, 5, False, 0.5),
    ("units", "int", 64, 1024, True, 0.9),
    ("dropout", "float", 0.0, 1.0, False, 0.3),
]


def loss(values):
    total = 0.0
    for (name, _, low, high, log, best) in PARAMETERS:
        value = values[name]
        place = math.log(value / low) / math.log(high / low) if log else (value - low) / (high - low)
        total += (place - best) ** 2
    return total


def serve():
    """Speaks the evaluator protocol of docs/benchmarks.md."""
    for line in sys.stdin:
        request = json.loads(line)
        if request.get("cmd") == "list":
            answer = {"problems": [PROBLEM]}
        elif request.get("cmd") == "space":
            answer = {
                "name": PROBLEM,
                "group": "times",
                "params": [
                    {"name": name, "type": kind, "low": low, "high": high, "log": log, "condition": None}
                    for (name, kind, low, high, log, _) in PARAMETERS
                ],
                "fidelity": [],
                "objectives": [{"name": "loss", "direction": "minimize"}],
                "noise_sd": 0,
                "optimum": None,
            }
        else:
            answer = {"values": {"loss": loss(request["config"])}, "seconds": 0}
        print(json.dumps(answer), flush=True)


def suggest(trial):
    return {
        name: trial.suggest_float(name, low, high, log=log) if kind == "float" else trial.suggest_int(name, low, high, log=log)
        for (name, kind, low, high, log, _) in PARAMETERS
    }


def draw(source):
    """A random configuration."""
    values = {}
    for (name, kind, low, high, log, _) in PARAMETERS:
        share = source.random()
        if kind == "float":
            values[name] = low * (high / low) ** share if log else low + (high - low) * share
        else:
            first, last = low - 0.5, high + 0.5
            whole = round(first * (last / first) ** share if log else first + (last - first) * share)
            values[name] = min(max(whole, low), high)
    return values


def distributions(optuna):
    kinds = {"float": optuna.distributions.FloatDistribution, "int": optuna.distributions.IntDistribution}
    return {name: kinds[kind](low, high, log=log) for (name, kind, low, high, log, _) in PARAMETERS}


def run(optuna, sampler, seed, trials, out):
    """One study. A line's times hold the tell before the suggestion, as Attune's do."""
    makers = {
        "tpe": lambda: optuna.samplers.TPESampler(seed=seed),
        "tpe-multivariate": lambda: optuna.samplers.TPESampler(seed=seed, multivariate=True),
        "cmaes": lambda: optuna.samplers.CmaEsSampler(seed=seed),
        "gp": lambda: optuna.samplers.GPSampler(seed=seed),
        "random": lambda: optuna.samplers.RandomSampler(seed=seed),
    }
    study = optuna.create_study(sampler=makers[sampler]())
    best, told = math.inf, (0.0, 0.0)
    for number in range(trials):
        clock, processor = time.perf_counter(), time.thread_time()
        trial = study.ask()
        values = suggest(trial)
        seconds = time.perf_counter() - clock + told[0]
        processor_seconds = time.thread_time() - processor + told[1]
        value = loss(values)
        best = min(best, value)
        clock, processor = time.perf_counter(), time.thread_time()
        study.tell(trial, value)
        told = (time.perf_counter() - clock, time.thread_time() - processor)
        print(json.dumps({
            "system": "optuna", "sampler": sampler, "problem": PROBLEM, "seed": seed, "trial": number, "value": value, "best": best,
            "ask_seconds": seconds, "ask_cpu_seconds": processor_seconds, "budget": trials,
        }), file=out, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--serve", action="store_true", help="serve the problem to another program on standard input and output")
    parser.add_argument("--out", help="the file to append to")
    parser.add_argument("--samplers", default="tpe,cmaes", 
                        help="of tpe, tpe-multivariate, cmaes (needs the package cmaes), gp (needs Optuna 4 and PyTorch) and random")
    parser.add_argument("--trials", type=int, default=5000)
    parser.add_argument("--seeds", default="0", help="numbers, separated by commas")
    options = parser.parse_args()
    if options.serve:
        serve()
        return
    if options.out is None:
        parser.error("--out FILE is needed")
    import optuna
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    with open(options.out, "a", encoding="utf-8") as out:
        for sampler in options.samplers.split(","):
            for seed in options.seeds.split(","):
                run(optuna, sampler, int(seed), options.trials, out)
                print(f"optuna {optuna.__version__} {sampler} seed {seed}: {options.trials} trials", file=sys.stderr)


if __name__ == "__main__":
    main()
