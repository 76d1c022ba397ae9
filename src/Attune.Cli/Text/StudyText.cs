using Attune.Cli.Json;
using Attune.Cli.Stores;
using Attune.Cli.Terminals;
using Attune.Histories;
using Attune.Serialization;
using Attune.Sqlite;

namespace Attune.Cli.Text;

/// <summary>A study in full, for a person.</summary>
internal static class StudyText
{
    internal static void Write(Terminal terminal, StudyPlace place, History history, StopReason ended, TrialRow? best)
    {
        var writer = terminal.Out;
        writer.WriteLine(Plain.Line($"study {place.Name} in {terminal.Display(place.Store.Location)}"));
        TrialText.Pairs(writer, Facts(history, ended));
        writer.WriteLine("space:");
        TrialText.Pairs(writer, [.. history.Problem.Space.Parameters.Select(parameter =>
            (Plain.Line(parameter.Name), Plain.Line(Range(parameter))))]);
        if (best is not null)
        {
            writer.Write("best: ");
            TrialText.Write(writer, best, history.Finals.GetValueOrDefault(best.Number));
        }
        else if (history.Front.Count > 0)
        {
            writer.WriteLine($"front: {Figures.Count(history.Front.Count, "trial")} "
                + $"({string.Join(", ", history.Front.Take(20))}{(history.Front.Count > 20 ? ", …" : "")}); 'attune best' lists them");
        }
    }

    /// <summary>Why a study starts nothing new, in words.</summary>
    internal static string Reason(StopReason reason) => reason switch
    {
        StopReason.None => "it goes on",
        StopReason.Trials => "the budget of trials is used up",
        StopReason.WallClock => "the budget of time is used up",
        StopReason.Resource => "the budget of resource is used up",
        StopReason.Cost => "the budget of cost is used up",
        StopReason.Target => "the target is reached",
        StopReason.ConsecutiveFailures => "too many trials failed in a row",
        StopReason.NoImprovement => "the best did not improve for long enough",
        StopReason.Exhausted => "the sampler has nothing more to propose",
        StopReason.Scheduler => "the scheduler has finished",
        _ => "somebody asked it to stop",
    };

    /// <summary>How many trials are in which state, such as <c>38 completed, 2 failed</c>.</summary>
    internal static string Counts(TrialCountsJson counts)
    {
        var parts = ((int Count, string Word)[])[
            (counts.Completed, "completed"), (counts.Stopped, "stopped"), (counts.Failed, "failed"), (counts.Lost, "lost"),
                (counts.Paused, "paused"),
            (counts.Running, "running")];
        var named = parts.Where(part => part.Count > 0).Select(part => $"{Figures.Count(part.Count)} {part.Word}").ToArray();
        return $"{Figures.Count(counts.Total, "trial")}{(named.Length == 0 ? "" : $": {string.Join(", ", named)}")}";
    }

    private static List<(string Name, string Value)> Facts(History history, StopReason ended)
    {
        var facts = new List<(string, string)>
        {
            ("objective", string.Join(", ", history.Problem.Objectives.Select(Describe))),
            ("sampler", history.Sampler.ToString()),
            ("scheduler", history.Definition.Scheduler.ToString()),
            ("seed", history.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("budget", Describe(history.Budget)),
            ("trials", Counts(TrialCountsJson.Of(history.CountOf))),
        };
        if (history.Queue.Count > 0)
            facts.Add(("enqueued", Figures.Count(history.Queue.Count)));
        facts.Add(("worked", $"{Figures.Duration(history.Alive)}, last change {Figures.Moment(history.UpdatedAt)} UTC"));
        facts.Add(("state", ended == StopReason.None ? "goes on when it is run" : Reason(ended)));
        return facts;
    }

    private static string Describe(Objective objective)
    {
        var target = objective.Target is { } value ? $", target {Figures.Exact(value)}" : "";
        return $"{JsonNames.Of(objective.Direction)} {objective.Metric}{target}";
    }

    /// <summary>A budget in words.</summary>
    internal static string Describe(Budget budget)
    {
        var limits = new List<string>();
        if (budget.Trials is { } trials)
            limits.Add(Figures.Count(trials, "trial"));
        if (budget.WallClock is { } time)
            limits.Add(Figures.Duration(time));
        if (budget.Resource is { } resource)
            limits.Add($"resource {Figures.Exact(resource)}");
        if (budget.Cost is { } cost)
            limits.Add($"cost {Figures.Exact(cost)}");
        if (budget.ConsecutiveFailures is { } failures)
            limits.Add($"{Figures.Count(failures)} failures in a row");
        if (budget.TrialsWithoutImprovement is { } idle)
            limits.Add($"{Figures.Count(idle)} trials without improvement");
        return limits.Count == 0 ? "no limit" : string.Join(", ", limits);
    }

    private static string Range(Parameter parameter) =>
        $"{parameter.Describe()}{(parameter.Activation is { } when ? $", when {when}" : "")}";
}
