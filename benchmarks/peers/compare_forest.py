#!/usr/bin/env python3
"""Compares the predicted means of Attune's random forest with scikit-learn's on the same data, by R^2 at fresh points.

    python3 benchmarks/peers/compare_forest.py --attune benchmarks/Attune.Calibration/bin/Release/net10.0/Attune.Calibration

Both grow so many trees on bootstrap samples, with the same number of parameters to choose from at each split and the same least number of
measurements in a leaf (where a point that the bootstrap draws twice counts twice for Attune, and once for scikit-learn). Functions live on
the unit cube; their values are standardised, and noise of the given deviation is added to what the forests see. R^2 is against the function
without noise, and the mean over repetitions, with the standard error of the mean difference.
"""
import argparse
import json
import math
import subprocess

import numpy as np
from sklearn.ensemble import RandomForestRegressor
from sklearn.metrics import r2_score


def branin(x):
    a, b = 15 * x[:, 0] - 5, 15 * x[:, 1]
    return (b - 5.1 / (4 * np.pi ** 2) * a ** 2 + 5 / np.pi * a - 6) ** 2 + 10 * (1 - 1 / (8 * np.pi)) * np.cos(a) + 10


def friedman(x):
    """J. H. Friedman, "Multivariate adaptive regression splines", 1991: ten parameters, of which five matter."""
    return 10 * np.sin(np.pi * x[:, 0] * x[:, 1]) + 20 * (x[:, 2] - 0.5) ** 2 + 10 * x[:, 3] + 5 * x[:, 4]


def levy(x):
    w = 1 + (20 * x - 10 - 1) / 4
    inner = (w[:, :-1] - 1) ** 2 * (1 + 10 * np.sin(np.pi * w[:, :-1] + 1) ** 2)
    return np.sin(np.pi * w[:, 0]) ** 2 + inner.sum(axis=1) + (w[:, -1] - 1) ** 2 * (1 + np.sin(2 * np.pi * w[:, -1]) ** 2)


def steps(x):
    return np.floor(4 * x[:, 0]) + 2 * (x[:, 1] > 0.3) * (x[:, 2] > 0.6) + np.floor(3 * x[:, 3]) * (x[:, 1] <= 0.3)


FUNCTIONS = {"branin": (branin, 2), "friedman": (friedman, 10), "levy": (levy, 5), "steps": (steps, 5)}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attune", required=True, help="the Attune.Calibration program of a Release build")
    parser.add_argument("--points", default="50,200,800", help="numbers of measurements, separated by commas")
    parser.add_argument("--noises", default="0,0.4", help="deviations of the noise, separated by commas")
    parser.add_argument("--leaves", default="1", help="least numbers of measurements in a leaf, separated by commas")
    parser.add_argument("--trees", type=int, default=100)
    parser.add_argument("--share", type=float, default=5 / 6)
    parser.add_argument("--repetitions", type=int, default=10)
    parser.add_argument("--fresh", type=int, default=2000, help="the number of fresh points")
    options = parser.parse_args()
    print("| function | noise | points | least leaf | Attune | scikit-learn | difference |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    for name, (function, dimensions) in FUNCTIONS.items():
        for noise in map(float, options.noises.split(",")):
            for points in map(int, options.points.split(",")):
                for leaf in map(int, options.leaves.split(",")):
                    ours, theirs = compare(options, function, dimensions, noise, points, leaf)
                    gaps = np.subtract(ours, theirs)
                    error = gaps.std(ddof=1) / np.sqrt(len(gaps))
                    print(f"| `{name}` | {noise:g} | {points} | {leaf} | {np.mean(ours):.3f} | {np.mean(theirs):.3f} "
                          f"| {gaps.mean():+.3f} ± {error:.3f} |", flush=True)


def compare(options, function, dimensions, noise, points, leaf):
    """R^2 of both for every repetition."""
    draws = np.random.default_rng(0)
    reference = function(draws.random((100_000, dimensions)))
    mean, deviation = reference.mean(), reference.std()
    lines, truths, theirs = [], [], []
    for repetition in range(options.repetitions):
        x, fresh = draws.random((points, dimensions)), draws.random((options.fresh, dimensions))
        y = (function(x) - mean) / deviation + noise * draws.standard_normal(points)
        truths.append((function(fresh) - mean) / deviation)
        forest = RandomForestRegressor(
            n_estimators=options.trees, min_samples_leaf=leaf, max_features=math.ceil(options.share * dimensions),
            random_state=repetition).fit(x, y)
        theirs.append(r2_score(truths[-1], forest.predict(fresh)))
        lines.append(json.dumps({"x": x.tolist(), "y": y.tolist(), "at": fresh.tolist()}))
    answers = subprocess.run(
        [options.attune, "predict", "--trees", str(options.trees), "--least-leaf", str(leaf), "--feature-share", repr(options.share)],
        input="\n".join(lines) + "\n", check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    return [r2_score(truth, json.loads(answer)) for truth, answer in zip(truths, answers)], theirs


if __name__ == "__main__":
    main()
