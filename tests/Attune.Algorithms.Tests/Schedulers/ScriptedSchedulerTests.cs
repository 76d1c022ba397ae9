using System.Text.Json;
using Attune.Events;
using Attune.Scheduling;
using Attune.Testing;

namespace Attune.Algorithms.Tests.Schedulers;

public sealed class ScriptedSchedulerTests
{
    private static readonly TestProblem Curves = TestProblems.Curves();

    [Fact]
    public void Next_PausedTrial_IsResumedAfterTheHold()
    {
        var (scheduler, script) = Begin("""{"hold":2,"cues":[{"trial":0,"resource":2,"decision":"pause"}]}""");
        script.Start(new(Curves.Problem.Space.Default()));
        Assert.Equal(TrialDecision.Continue, Measure(scheduler, script, 0, 1));
        Assert.Equal(TrialDecision.Pause, Measure(scheduler, script, 0, 2));
        script.Pause(0);
        script.Start(new(Curves.Problem.Space.Default()));
        Assert.IsType<SchedulerAction.Start>(scheduler.Next(new(script.History)));
        script.Start(new(Curves.Problem.Space.Default()));
        Assert.Equal(new SchedulerAction.Resume(0), scheduler.Next(new(script.History)));
        script.Resume(0);
        Assert.Equal(TrialDecision.Continue, Measure(scheduler, script, 0, 3));
        Assert.IsType<SchedulerAction.Start>(scheduler.Next(new(script.History)));
    }

    [Fact]
    public void Next_BudgetFull_ResumesAtOnce()
    {
        var (scheduler, script) = Begin("""{"hold":9,"cues":[{"trial":0,"decision":"pause"}]}""");
        script.Start(new(Curves.Problem.Space.Default()));
        Measure(scheduler, script, 0, 1);
        script.Pause(0);
        Assert.IsType<SchedulerAction.Start>(scheduler.Next(new(script.History)));
        script.Append(new BudgetChanged(new Budget { Trials = 1 }));
        Assert.Equal(new SchedulerAction.Resume(0), scheduler.Next(new(script.History)));
    }

    [Theory]
    [InlineData("""{"cues":[{"trial":0,"decision":"continue"}]}""", "decisions are pause and stop")]
    [InlineData("""{"cues":[{"trial":-1,"decision":"pause"}]}""", "trials count from 0")]
    [InlineData("""{"cues":[{"trial":0,"decision":"pause","resource":0}]}""", "resources are positive")]
    [InlineData("""{"cues":[{"trial":0,"decision":"nap"}]}""", "cannot be read")]
    [InlineData("""{"cues":[{"trial":0,"decision":"pause","when":3}]}""", "cannot be read")]
    [InlineData("""{"cues":[{"decision":"pause"}]}""", "cannot be read")]
    [InlineData("""{"cues":3}""", "a list of objects")]
    public void CreateScheduler_WrongCue_SaysWhatIsAllowed(string options, string allowed)
    {
        var context = new MethodContext(Curves.Problem, 1, Budget.Unlimited);
        var error = Assert.Throws<ProblemException>(() => MethodRegistry.Default.CreateScheduler(new("scripted", 1, options), context));
        Assert.Contains(allowed, error.Message, StringComparison.Ordinal);
    }

    private static (IScheduler Scheduler, JournalScript Script) Begin(string options)
    {
        var descriptor = MethodRegistry.Default.DescribeScheduler("scripted", JsonElement.Parse(options));
        var scheduler = MethodRegistry.Default.CreateScheduler(descriptor, new(Curves.Problem, 1, Budget.Unlimited));
        return (scheduler, new(JournalScript.Define(Curves.Problem, 1) with { Scheduler = descriptor }, schedulers: [scheduler]));
    }

    private static TrialDecision Measure(IScheduler scheduler, JournalScript script, int trial, double resource)
    {
        script.Measure(trial, new("loss", 1 / resource), resource);
        var running = script.History.Trials[trial];
        return scheduler.OnMeasurement(running, running.Measurements[^1], new(script.History));
    }
}
