namespace Attune.Cli.Json;

/// <summary>What <c>ask</c> prints.</summary>
/// <param name="Study">The study.</param>
/// <param name="Trial">The number of the trial.</param>
/// <param name="Token">The fencing token.</param>
/// <param name="Attempt">The attempt, from 1.</param>
/// <param name="Configuration">What to evaluate.</param>
/// <param name="Seed">A seed for the evaluation.</param>
/// <param name="Resource">The resource up to which to run; null for the whole.</param>
/// <param name="FromResource">The resource that the checkpoint stands for.</param>
/// <param name="Checkpoint">Where an earlier run left what it needs to go on.</param>
internal sealed record AskJson(
    string Study, int Trial, int Token, int Attempt, RawJson Configuration, int Seed, double? Resource, double? FromResource,
        string? Checkpoint);

/// <summary>What <c>report</c> prints.</summary>
/// <param name="Study">The study.</param>
/// <param name="Trial">The number of the trial.</param>
/// <param name="Decision">continue, pause or stop.</param>
internal sealed record ReportJson(string Study, int Trial, string Decision);

/// <summary>What <c>enqueue</c> prints.</summary>
/// <param name="Study">The study.</param>
/// <param name="Configuration">The configuration as it will be tried.</param>
/// <param name="Queued">How many configurations wait.</param>
internal sealed record EnqueueJson(string Study, RawJson Configuration, int Queued);

/// <summary>A check of <c>doctor</c>.</summary>
/// <param name="Check">What was looked at.</param>
/// <param name="Result">ok, warning or failed.</param>
/// <param name="Details">What was found.</param>
internal sealed record CheckJson(string Check, string Result, IReadOnlyList<string> Details);
