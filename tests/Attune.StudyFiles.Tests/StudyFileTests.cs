using System.Collections.Immutable;
using Attune.Sqlite;

namespace Attune.StudyFiles.Tests;

public sealed class StudyFileTests
{
    private const string Full = """
        name: a name
        seed: 18446744073709551615
        objectives:
          - {metric: loss, direction: minimize, target: 1e-3, noise: {variance: 0.25}, reduction: at-full-fidelity}
          - {metric: size, direction: maximize, noise: reported, reference_point: -5}
        constraints:
          - {metric: latency, at_most: 20}
        space:
          rate: {type: float, low: 1e-5, high: 0.1, log: true, default: 1e-3, prior: {center: 0.01, spread: 0.2}}
          share: {type: float, low: .05, high: 0.95, scale: logit}
          layers: {type: int, low: 2, high: 8, step: 2}
          model: {choices: [svm, 5, 0.5, true, 'true'], default: 5, prior: {weights: [1, 2, 3, 4, 5]}}
          size: {type: ordinal, choices: [small, large]}
          flag: {type: bool, default: true, prior: {weights: [1, 3]}}
          gamma: {type: float, low: 0, high: 1, when: {model: [svm, 5], flag: true}}
          depth: {type: int, low: 1, high: 9, when: layers > 2 and model != 'svm'}
        forbidden:
          - {model: svm, size: large}
          - rate > 0.05 and layers == 8
        input_constraints: [layers * rate <= 0.5]
        fidelity: {name: epochs, low: 1, high: 81, unit: passes, scale: linear, resumable: false}
        cost_metric: seconds
        instances: [fold 1, 2]
        sampler: {name: grid, points: 7, shuffle: true}
        budget: {trials: 50, time: 1h30m, resource: 1e3, cost: 2.5, consecutive_failures: 3,
          trials_without_improvement: 9, stop_at_target: false, drain_at_target: true}
        retries: {lost: 5, failed: 2}
        parallelism: 4
        command: [train, --rate, '{rate}', [--gamma, '{gamma}'], '{resource}', '']
        setup: make -j
        final: ['{command}', --test]
        environment: {MODEL: '{model}', EMPTY: '', GONE: null, NUMBER: 5}
        working_folder: work
        time_limit: 90s
        grace: 2.5s
        metrics: {loss: 'loss (\S+)', size: 'size (\S+)', latency: 'latency (\S+)', seconds: 'took (\S+)'}
        trials_folder: runs
        store: out/study.db
        durability: power
        """;

    [Theory]
    [InlineData("{name: asha, type: stopping, eta: 4, min_resource: 2, max_resource: 27, brackets: 2}", "asha")]
    [InlineData("async-hyperband", "async-hyperband")]
    [InlineData("{name: pasha, eta: 2}", "pasha")]
    [InlineData("{name: hyperband, eta: 2.5, min_resource: 3}", "hyperband")]
    [InlineData("{name: successive-halving, trials: 20}", "successive-halving")]
    [InlineData("{name: median, grace_period: 5, min_trials: 3, interval: 2}", "median")]
    [InlineData("{name: percentile, keep: 40}", "percentile")]
    public void Parse_SchedulerWithOptions_NamesIt(string scheduler, string name)
    {
        var file = Valid($"""
            name: scheduled
            objectives:
              - {"{metric: loss, direction: minimize}"}
            space:
              x: {"{type: float, low: 0, high: 1}"}
            fidelity: {"{name: epochs, low: 1, high: 81}"}
            scheduler: {scheduler}
            command: run
            """);
        Assert.Equal(name, file.Scheduler.Name);
        Assert.Equal(scheduler.Contains(','), file.Scheduler.Options != "{}");
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("de-DE")]
    public void Parse_EveryKey_ReadsItsValue(string culture)
    {
        var file = Cultures.Under(culture, () => Valid(Full));
        var problem = file.Problem;

        Assert.Equal(("a name", ulong.MaxValue, 4), (file.Name, file.Seed, file.Parallelism));
        Assert.Equal(new Objective("loss") { Target = 1e-3, Noise = Noise.Known, NoiseVariance = 0.25,
            Reduction = Reduction.AtFullFidelity }, problem.Objectives[0]);
        Assert.Equal(new Objective("size", Direction.Maximize) { Noise = Noise.Reported, ReferencePoint = -5 }, problem.Objectives[1]);
        Assert.Equal([new OutcomeConstraint("latency", AtMost: 20)], problem.Constraints);
        Assert.Equal(new Fidelity("epochs", 1, 81) { Unit = "passes", Scale = Scale.Linear, IsResumable = false }, problem.Fidelity);
        Assert.Equal(("seconds", "fold 1|2"), (problem.CostMetric, string.Join('|', problem.Instances)));
        Assert.Equal(("grid", "{\"points\":7,\"shuffle\":true}"), (file.Sampler.Name, file.Sampler.Options));
        Assert.Equal("run-to-completion", file.Scheduler.Name);
        Assert.Equal(
            new Budget
            {
                Trials = 50, WallClock = TimeSpan.FromMinutes(90), Resource = 1000, Cost = 2.5, ConsecutiveFailures = 3,
                    TrialsWithoutImprovement = 9,
                StopAtTarget = false, DrainAtTarget = true,
            },
            file.Budget);
        Assert.Equal(new RetryPolicy(5, 2), file.Retries);
        Assert.Equal(Durability.Power, file.Durability);
        Assert.Equal(Path.GetFullPath("/studies/out/study.db"), file.StorePath);
        Assert.Equal(Path.GetFullPath("/studies/work"), file.WorkingFolder);
        Assert.Equal(Path.GetFullPath("/studies/runs"), file.TrialsFolder);
    }

    [Fact]
    public void Parse_EveryKindOfParameter_ReadsIt()
    {
        var space = Valid(Full).Problem.Space;
        var condition = Expression.And(Expression.In("model", "svm", 5), Expression.Equal("flag", true));

        var expected = new SearchSpace(
            [
                new FloatParameter("rate", 1e-5, 0.1, Scale.Log, defaultValue: 1e-3, prior: new NormalPrior(0.01, 0.2)),
                new FloatParameter("share", 0.05, 0.95, Scale.Logit),
                new IntParameter("layers", 2, 8, step: 2),
                new CategoricalParameter("model", ["svm", 5, 0.5, true, "true"], 5, new WeightPrior([1, 2, 3, 4, 5])),
                new OrdinalParameter("size", ["small", "large"]),
                new CategoricalParameter("flag", [false, true], true, new WeightPrior([1, 3])),
                new FloatParameter("gamma", 0, 1, activation: condition),
                new IntParameter("depth", 1, 9, activation: Expression.Parse("layers > 2 and model != 'svm'")),
            ],
            [Expression.And(Expression.Equal("model", "svm"), Expression.Equal("size", "large")),
                Expression.Parse("rate > 0.05 and layers == 8")],
            [InputConstraint.Of(Expression.Parse("layers * rate <= 0.5"))]);
        Assert.Equal(Serialization.SpaceJson.ToText(expected), Serialization.SpaceJson.ToText(space));
    }

    [Fact]
    public void Parse_Program_ReadsCommandsAndTheirPlaceholders()
    {
        var program = Valid(Full).Program!;
        var values = new Dictionary<string, string> { ["rate"] = "a b", ["resource"] = "3" };

        Assert.Equal(["train", "--rate", "a b", "3", ""], program.Command.ToTemplate().Render(values));
        Assert.Equal(["train", "--rate", "a b", "--gamma", "1", "3", "", "--test"],
            program.Final!.ToTemplate().Render(new Dictionary<string, string>(values) { ["gamma"] = "1" }));
        Assert.Equal(StudyCommand.Of("make -j"), program.Setup);
        Assert.Equal(new Dictionary<string, string?> { ["EMPTY"] = "", ["GONE"] = null, ["MODEL"] = "{model}", ["NUMBER"] = "5" },
            program.Environment);
        Assert.Equal((TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(2.5)), (program.TimeLimit!.Value, program.Grace));
        Assert.Equal("loss (\\S+)", program.Metrics["loss"]);
    }

    [Fact]
    public void Parse_ShortForms_MeanTheirLongForms()
    {
        const string Short = """
            minimize: loss
            space:
              a: float(1e-5, .1, log)
              b: int(1, 9, step=2, default=3)
              c: bool
              d: ordinal(small, 'very large', 3)
              e: categorical(x, true)
              f: [x, y]
              g: float(-1, 1)
              h: 'bool(default=true)'
            command: train {config}
            budget: {trials: 3}
            """;
        var expected = new SearchSpace(
        [
            new FloatParameter("a", 1e-5, 0.1, Scale.Log), new IntParameter("b", 1, 9, step: 2, defaultValue: 3),
                new CategoricalParameter("c", [false, true]),
            new OrdinalParameter("d", ["small", "very large", 3]), new CategoricalParameter("e", ["x", true]),
                new CategoricalParameter("f", ["x", "y"]),
            new FloatParameter("g", -1, 1), new CategoricalParameter("h", [false, true], true),
        ]);

        Assert.Equal(Serialization.SpaceJson.ToText(expected), Serialization.SpaceJson.ToText(Valid(Short).Problem.Space));
    }

    [Fact]
    public void Parse_LittleFile_HasTheDocumentedDefaults()
    {
        var file = Valid("maximize: accuracy\nspace: {x: bool}\n", "/studies/my study.yaml");

        Assert.Equal(("my study", 0ul, 1), (file.Name, file.Seed, file.Parallelism));
        Assert.Equal([new Objective("accuracy", Direction.Maximize)], file.Problem.Objectives);
        Assert.Equal(("auto", "run-to-completion"), (file.Sampler.Name, file.Scheduler.Name));
        Assert.Equal((Budget.Unlimited, RetryPolicy.Default, Durability.Process), (file.Budget, file.Retries, file.Durability));
        Assert.Equal((Path.GetFullPath("/studies/my study.db"), Path.GetFullPath("/studies")), (file.StorePath, file.WorkingFolder));
        Assert.Equal(Path.GetFullPath("/studies/my study.trials"), file.TrialsFolder);
        Assert.Null(file.Program);
    }

    [Fact]
    public void Parse_Cores_IsTheNumberOfProcessors() =>
        Assert.Equal(Environment.ProcessorCount, Valid("minimize: loss\nspace: {x: bool}\nparallelism: cores").Parallelism);

    [Fact]
    public void Parse_KeysLeftEmpty_CountAsLeftOut() =>
        Assert.Equal(Valid("minimize: loss\nspace: {x: bool}").Budget, Valid("minimize: loss\nbudget:\nsetup:\nspace: {x: bool}").Budget);

    [Fact]
    public void Parse_AnchorsAndAliases_ShareValues()
    {
        var space = Valid("minimize: loss\nspace:\n  x: &range {type: float, low: 0, high: 1}\n  y: *range").Problem.Space;

        Assert.Equal(["float 0 … 1", "float 0 … 1"], space.Parameters.Select(parameter => parameter.Describe()));
    }

    [Fact]
    public void ToDefinition_Attributes_GiveTheProgramBack()
    {
        var file = Valid(Full);
        var definition = file.ToDefinition();

        Assert.Equal(file.Program, StudyProgram.FromJson(definition.Attributes[StudyProgram.Attribute]));
        Assert.Equal(("4", Path.GetFullPath("/studies")), (definition.Attributes["parallelism"], definition.Attributes["folder"]));
        Assert.Equal((file.Seed, file.Sampler, file.Budget, file.Retries),
            (definition.Seed, definition.Sampler, definition.Budget, definition.Retries));
        Assert.Same(file.Problem, definition.Problem);
    }

    [Fact]
    public void Write_Definition_ReadsBackAsTheSame()
    {
        var definition = Valid(Full).ToDefinition();
        var again = Valid(StudyFileWriter.Write("a name", definition), "/studies/study.yaml").ToDefinition();

        Assert.Equal(Serialization.SpaceJson.ToText(definition.Problem.Space), Serialization.SpaceJson.ToText(again.Problem.Space));
        Assert.Equal(definition.Problem.Objectives, again.Problem.Objectives);
        Assert.Equal(definition.Problem.Constraints, again.Problem.Constraints);
        Assert.Equal(definition.Problem.Fidelities, again.Problem.Fidelities);
        Assert.Equal(definition.Attributes, again.Attributes);
        Assert.Equal((definition.Seed, definition.Sampler, definition.Budget, definition.Retries),
            (again.Seed, again.Sampler, again.Budget, again.Retries));
    }

    [Fact]
    public void Write_TextsThatLookLikeSomethingElse_StayTexts()
    {
        ImmutableArray<ParameterValue> choices = ["true", "5", "null", "", " a", "a: b", "- x", "#", "{x}", "é\"\\", "1e5", 1.0, 1, true];
        var definition = new Events.StudyDefinition(
            new(new SearchSpace([new CategoricalParameter("x", choices)]), [new Objective("loss")]), 1, new("random", 1),
                new("run-to-completion", 1));
        var space = Valid(StudyFileWriter.Write("texts", definition)).Problem.Space;

        Assert.Equal(choices.AsEnumerable(), ((CategoricalParameter)space["x"]).Choices);
    }

    private static StudyFile Valid(string text, string name = "/studies/study.yaml")
    {
        var result = StudyFile.Parse(text, name, TestMethods.All);
        Assert.Empty(result.Mistakes.Select(mistake => mistake.ToString()));
        return result.File!;
    }
}
