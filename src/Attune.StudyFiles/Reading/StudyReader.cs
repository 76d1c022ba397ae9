using Attune.Algorithms;
using Attune.StudyFiles.Keys;
using Attune.StudyFiles.Yaml;

namespace Attune.StudyFiles.Reading;

/// <summary>Reads a whole study file: first every value against its shape, then what values mean together.</summary>
internal sealed class StudyReader(YamlSource source, MistakeList mistakes, MethodRegistry methods, string fileName, string folder)
{
    /// <summary>The study; null after a mistake.</summary>
    internal StudyFile? Read()
    {
        var shape = StudyFileKeys.For(methods);
        if (YamlLoader.Load(source, mistakes) is not { } node)
        {
            mistakes.Add(YamlPlace.Start, "",
                $"The file is empty; it needs at least an objective, such as minimize: loss, and a space. Keys are {Listing(shape)}.");
            return null;
        }

        if (node is not YamlMap root)
        {
            mistakes.Add(node.Place, "",
                $"The file needs keys with values, such as 'minimize: loss', found {Shape.Describe(node)}. Keys are {Listing(shape)}.");
            return null;
        }

        shape.CheckInside(root, "", mistakes);
        return Read(root);
    }

    private static string Listing(MapShape shape) => string.Join(", ", shape.Keys.Select(key => key.Name));

    private StudyFile? Read(YamlMap root)
    {
        var objectiveReader = new ObjectiveReader(mistakes, root);
        var objectives = objectiveReader.ReadObjectives();
        var constraints = objectiveReader.ReadConstraints();
        var fidelities = objectiveReader.ReadFidelities();
        var instances = objectiveReader.ReadInstances();
        var costMetric = root["cost_metric"].Text();
        var spaceReader = new SpaceReader(source, mistakes);
        var space = spaceReader.Read(root);
        var budget = BudgetReader.ReadBudget(root, mistakes);
        var methodReader = new MethodReader(mistakes, methods, root);
        var (sampler, scheduler) = (methodReader.ReadSampler(), methodReader.ReadScheduler());
        var program = new ProgramReader(source, mistakes, root).Read(spaceReader, Needed(objectives, constraints, costMetric), fidelities
            .FirstOrDefault()?.Name);
        if (mistakes.Count > 0 || space is null || sampler is null || scheduler is null)
            return null;
        var problem = MakeProblem(root, () => new(space, objectives, constraints, fidelities, costMetric, instances));
        if (problem is null)
            return null;
        var seed = (ulong)(root["seed"].Whole() ?? 0);
        methodReader.Rehearse(sampler, scheduler, new(problem, seed, budget));
        if (mistakes.Count > 0)
            return null;
        var name = root["name"].Text() ?? DefaultName();
        return new(name, folder, problem, seed, sampler, scheduler)
        {
            Budget = budget,
            Retries = BudgetReader.ReadRetries(root),
            FixedParallelism = BudgetReader.ReadParallelism(root),
            Program = program,
            StorePath = Resolve(root["store"].Text() ?? $"{name}.db"),
            Durability = ObjectiveReader.Word(root["durability"], Sqlite.Durability.Process),
        };
    }

    private static IReadOnlyList<(string Metric, string Role)> Needed(List<Objective> objectives, List<OutcomeConstraint> constraints,
        string? costMetric) =>
    [
        .. objectives.Select(objective => (objective.Metric, "which is an objective")),
        .. constraints.Select(constraint => (constraint.Metric, "on which there is a constraint")),
        .. costMetric is null ? [] : new[] { (costMetric, "which is the cost metric") },
    ];

    private Problem? MakeProblem(YamlMap root, Func<Problem> make)
    {
        try
        {
            return make();
        }
        catch (ProblemException exception)
        {
            mistakes.Add(root.Place, "", exception.Message);
            return null;
        }
    }

    private string DefaultName()
    {
        var name = string.Concat(Path.GetFileNameWithoutExtension(fileName)
            .Select(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '.' or '_' or '-' ? letter : '-'));
        name = name.TrimStart(' ', '.', '_', '-');
        return name.Length == 0 ? "study" : name[..Math.Min(name.Length, 100)];
    }

    private string Resolve(string path) => Path.GetFullPath(Path.Combine(folder, path));
}
