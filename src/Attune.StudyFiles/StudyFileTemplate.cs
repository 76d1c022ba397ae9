using System.Text;
using Attune.StudyFiles.Reading;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles;

/// <summary>Writes a first study file with comments, to be edited by a person.</summary>
public static class StudyFileTemplate
{
    /// <summary>Writes a study file for a program.</summary>
    /// <param name="draft">The program, and what else is known.</param>
    /// <returns>The text; it reads without mistakes wherever the parameters that were given do.</returns>
    /// <exception cref="ArgumentException">The command is empty.</exception>
    public static string Write(StudyFileDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (draft.Command.Count == 0 || string.IsNullOrWhiteSpace(draft.Command[0]))
            throw new ArgumentException("The command is empty; it starts with the program to run.", nameof(draft));
        var guess = new CommandGuess(draft.Command, draft.Parameters);
        var parameters = new StringBuilder();
        foreach (var (name, range) in guess.Parameters)
            parameters.Append("  ").Append(YamlText.Scalar(name)).Append(": ").Append(range).Append('\n');
        var named = draft.Name is null ? "# name: my-study          # by default the name of this file"
            : $"name: {YamlText.Scalar(draft.Name)}";
        var metric = YamlScalar.Shorten(draft.Metric);
        var direction = draft.Direction == Direction.Minimize ? "minimize" : "maximize";
        return $$$"""
            # A study: find the parameters with which a program does best.
            #
            #   attune doctor FILE      checks this file and runs one trial
            #   attune run FILE         runs the study, or goes on with it
            {{{named}}}

            # The metric to {{{direction}}}. The program prints it on a line of its own:
            #   attune: {"{{{metric}}}": 0.42}
            {{{direction}}}: {{{YamlText.Scalar(draft.Metric)}}}

            # The parameters. Correct these ranges:
            #   rate: float(1e-5, 0.1, log)          log where ratios matter
            #   layers: int(1, 8)
            #   optimizer: [adam, sgd]               a choice
            #   momentum: {type: float, low: 0, high: 1, when: {optimizer: sgd}}
            space:
            {{{parameters}}}
            # What proposes: auto learns from trial to trial; sobol and random do not.
            sampler: auto
            budget: {trials: 50, time: 1h}
            parallelism: 1             # trials at once; or cores

            # {name} is the place of a value; [--momentum {momentum}] is left out where a parameter does not apply.
            # {seed}, {trial}, {folder}, {checkpoint} and {config} (a JSON file with all values) can be used, too.
            command: {{{YamlText.BlockScalar(guess.Line)}}}
            # time_limit: 10m          # for each trial

            # For a program that cannot be changed: where its output holds the metric.
            # metrics:
            #   {{{YamlText.Scalar(draft.Metric)}}}: '{{{metric}}} = (\S+)'

            """.ReplaceLineEndings("\n");
    }
}
