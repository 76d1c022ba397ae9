"""Trials per second that Optuna stores in SQLite: ask, ten float suggestions and tell, with the random sampler.

python3 benchmarks/peers/optuna_storage.py [--trials 400] [--processes 1] [--synchronous NORMAL|FULL] [--folder .]
"""
import argparse
import multiprocessing
import os
import time

import optuna
import sqlalchemy


def storage(path, synchronous):
    result = optuna.storages.RDBStorage(f"sqlite:///{path}", engine_kwargs={"connect_args": {"timeout": 100}})

    @sqlalchemy.event.listens_for(result.engine, "connect")
    def set_pragmas(connection, _):
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA synchronous={synchronous}")

    result.engine.dispose()
    return result


def work(path, synchronous, trials):
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.load_study(study_name="s", storage=storage(path, synchronous), sampler=optuna.samplers.RandomSampler())
    for _ in range(trials):
        trial = study.ask()
        xs = [trial.suggest_float(f"x{i}", -5, 10) for i in range(10)]
        study.tell(trial, xs[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=400)
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--synchronous", choices=["NORMAL", "FULL"], default="NORMAL")
    parser.add_argument("--folder", default=".")
    options = parser.parse_args()
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    path = os.path.join(options.folder, f"optuna-{os.getpid()}.db")
    optuna.create_study(study_name="s", storage=storage(path, options.synchronous))
    share = options.trials // options.processes
    workers = [multiprocessing.Process(target=work, args=(path, options.synchronous, share)) for _ in range(options.processes)]
    begin = time.perf_counter()
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    seconds = time.perf_counter() - begin
    print(f"{share * options.processes} trials, {options.processes} processes, synchronous {options.synchronous}: {share * options.processes / seconds:.0f} trials/s")
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(path + suffix):
            os.remove(path + suffix)


if __name__ == "__main__":
    main()
