using System.Globalization;
using static Attune.Problems.AnalyticFunctions;

namespace Attune.Problems;

/// <summary>Spaces of many parameters, of which a fifth each are choices, integers and numbers on a logarithmic scale, and a smooth loss to
/// which each contributes by itself. The metric is <c>y</c>, minimised.</summary>
internal static class WideProblems
{
    private const int Kinds = 5;
    private const int MostUnits = 64;
    private const double WrongChoice = 0.25;
    private const double LeastRate = 1e-5;

    private static readonly int[] Sizes = [20, 100, 500];
    private static readonly ParameterValue[] Choices = ["a", "b", "c"];

    internal static IEnumerable<BenchmarkProblem> All() => Sizes.Select(Wide);

    private static FunctionProblem Wide(int parameters) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"wide{parameters}"), "wide", new(Space(parameters), [new("y")]),
            (configuration, _) => new("y", Loss(configuration)))
        {
            BestKnown = new(0, IsOptimum: true, "by construction"),
        };

    private static SearchSpace Space(int parameters)
    {
        var builder = new SearchSpaceBuilder();
        for (var i = 0; i < parameters; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"x{i}");
            _ = (i % Kinds) switch
            {
                1 => builder.Float(name, LeastRate, 1, Scale.Log),
                2 => builder.Int(name, 1, MostUnits),
                3 => builder.Categorical(name, Choices),
                _ => builder.Float(name, 0, 1),
            };
        }

        return builder.Build();
    }

    /// <summary>The squared distance in the unit cube from a point in its inner part, and a constant for each wrong choice.</summary>
    private static double Loss(Configuration configuration)
    {
        var numbers = configuration.Numbers;
        var loss = 0.0;
        for (var i = 0; i < numbers.Length; i++)
        {
            var best = 0.3 + (0.4 * i / numbers.Length);
            loss += (i % Kinds) switch
            {
                1 => Square(1 - (Math.Log(numbers[i]) / Math.Log(LeastRate)) - best),
                2 => Square((numbers[i] - 1 - Math.Round(best * (MostUnits - 1))) / (MostUnits - 1)),
                3 => (int)numbers[i] == i % Choices.Length ? 0 : WrongChoice,
                _ => Square(numbers[i] - best),
            };
        }

        return loss;
    }
}
