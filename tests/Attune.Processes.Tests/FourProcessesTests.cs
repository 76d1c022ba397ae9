using System.Diagnostics;
using System.Globalization;
using Attune.Events;
using Attune.Execution;
using Attune.Histories;
using Attune.Sqlite;
using Attune.Testing.Studies;
using Attune.Tests.Shared;

namespace Attune.Processes.Tests;

public sealed class FourProcessesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("random", "ask", 2000)]
    [InlineData("random", "run", 400)]
    [InlineData("last-loss", "ask", 400)]
    public async Task FourProcesses_TwoKilledOnTheWay_ExactBudgetOneOutcomeEachNothingLost(string sampler, string mode, int trials)
    {
        var folder = Directory.CreateTempSubdirectory("attune-");
        var workers = new List<WorkerProcess>();
        try
        {
            var path = Path.Combine(folder.FullName, "study.db");
            await using var store = await SqliteStore.OpenAsync(path, cancellationToken: Cancel);
            await (await Study.CreateAsync(store, Worker.Study, Define(sampler, trials), Worker.Options, Cancel)).DisposeAsync();
            for (var i = 0; i < 4; i++)
                workers.Add(WorkerProcess.Start(path, mode));
            foreach (var worker in workers)
                await worker.BeginAsync(Cancel);

            // Killed in the midst of work, at an eighth and a quarter of the budget.
            for (var i = 0; i < 2; i++)
            {
                await workers[i].UntilAsync(trials * (i + 1) / 32, Cancel);
                workers[i].Kill();
            }

            await Task.WhenAll(workers.Select(worker => worker.EndAsync(Cancel)));
            Assert.All(workers.Skip(2), worker => Assert.Equal(0, worker.ExitCode));

            // The survivors may have ended before they saw the last death: running again finishes what is left.
            await using (var study = await Study.OpenAsync(store, Worker.Study, Worker.Options, Cancel))
                await study.RunAsync(DelegateExecutor.Of(trial => Worker.Evaluate(trial.Configuration)), cancellationToken: Cancel);
            await using var journal = await store.OpenAsync(Worker.Study, Cancel);
            var events = await ReplayLaw.ReadAsync(journal, Cancel);
            var history = HistoryFold.Fold(events);
            Assert.Equal((trials, trials), (history.Trials.Count, history.CountOf(TrialState.Completed)));
            var ends = events.Where(e => e.Payload is Finished or Failed { WillRetry: false } or Lost { WillRetry: false }).Select(e => e.Trial!.Value);
            Assert.Equal(Enumerable.Range(0, trials), ends.Order());
            ReplayLaw.Check(events, LastLossSampler.Methods);

            // Every trial that a worker was told of has the worker's own end in the journal.
            var byWriter = events.Where(e => e.Payload is Finished).ToDictionary(e => e.Trial!.Value, e => e.Writer);
            foreach (var worker in workers)
                Assert.True(worker.Told.Select(trial => byWriter[trial]).Distinct().Count() <= 1, "A trial that one worker told is credited to another.");
            Assert.Equal(workers.Sum(worker => worker.Told.Count), workers.SelectMany(worker => worker.Told).Distinct().Count());
            Assert.All(workers.Skip(2), worker => Assert.True(
                worker.Told.Count >= trials / 10, $"A survivor told {worker.Told.Count} of {trials} trials only; all: {string.Join(" ", workers.Select(other => other.Told.Count))}."));
        }
        finally
        {
            foreach (var worker in workers)
                worker.Dispose();
            folder.Delete(recursive: true);
        }
    }

    private static StudyDefinition Define(string sampler, int trials)
    {
        var methods = LastLossSampler.Methods;
        var space = new SearchSpaceBuilder().Float("x", -5, 10).Float("y", 1e-5, 1, Scale.Log).Build();
        return new(new(space, [new("loss")]), 11, methods.DescribeSampler(sampler), methods.DescribeScheduler("run-to-completion"))
        {
            Budget = new() { Trials = trials },
        };
    }

    private sealed class WorkerProcess : IDisposable
    {
        private readonly Process _process;
        private readonly List<int> _told = [];
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
        private Task _reading = Task.CompletedTask;

        private WorkerProcess(Process process) => _process = process;

        internal List<int> Told => _told;

        internal int ExitCode => _process.ExitCode;

        internal static WorkerProcess Start(string path, string mode)
        {
            var worker = new WorkerProcess(Process.Start(new ProcessStartInfo("dotnet")
            {
                ArgumentList = { "exec", typeof(WorkerProcess).Assembly.Location, "worker", path, mode },
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!);
            worker._reading = Task.Run(worker.ReadAsync);
            return worker;
        }

        internal async Task BeginAsync(CancellationToken cancellationToken)
        {
            await _ready.Task.WaitAsync(cancellationToken);
            await _process.StandardInput.WriteLineAsync("go".AsMemory(), cancellationToken);
            await _process.StandardInput.FlushAsync(cancellationToken);
        }

        internal Task UntilAsync(int count, CancellationToken cancellationToken)
        {
            lock (_told)
            {
                if (_told.Count >= count)
                    return Task.CompletedTask;
                var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Add((count, reached));
                return reached.Task.WaitAsync(cancellationToken);
            }
        }

        internal void Kill() => _process.Kill();

        internal async Task EndAsync(CancellationToken cancellationToken)
        {
            await _process.WaitForExitAsync(cancellationToken);
            await _reading.WaitAsync(cancellationToken);
        }

        public void Dispose()
        {
            if (!_process.HasExited)
                _process.Kill();
            _process.Dispose();
        }

        private async Task ReadAsync()
        {
            // What a killed process had begun to write is no acknowledgement: only whole lines count.
            while (await _process.StandardOutput.ReadLineAsync() is { } line)
            {
                if (line == "ready")
                {
                    _ready.SetResult();
                    continue;
                }

                lock (_told)
                {
                    _told.Add(int.Parse(line, CultureInfo.InvariantCulture));
                    foreach (var (count, reached) in _waiting.Where(waiting => waiting.Count <= _told.Count))
                        reached.TrySetResult();
                }
            }

            lock (_told)
                _waiting.ForEach(waiting => waiting.Reached.TrySetResult());
        }
    }
}
