using System.CommandLine;
using Attune.Algorithms.Surrogates;
using Attune.Calibration;

var surrogates = new Option<string>("--surrogates")
{
    Description = "Surrogates, separated by commas.",
    DefaultValueFactory = _ => string.Join(',', Surrogates.All.Keys),
};
var priors = new Option<string>("--priors")
{
    Description = "Priors of the functions, separated by commas.",
    DefaultValueFactory = _ => string.Join(',', Priors.All.Select(prior => prior.Name)),
};
var draws = new Option<int>("--draws") { Description = "How many functions are drawn for each setting.", DefaultValueFactory = _ => 100 };
var points = new Option<int>("--points")
{
    Description = "How many measurements there are for each function.",
    DefaultValueFactory = _ => 120,
};
var seed = new Option<ulong>("--seed") { Description = "The seed of everything.", DefaultValueFactory = _ => 0 };
var jobs = new Option<int>("--jobs")
{
    Description = "How many functions are worked on at a time.", DefaultValueFactory = _ => Environment.ProcessorCount,
};
var folder = new Option<string?>("--out")
{
    Description = "A folder for coverage.csv, noise.csv, coverage.svg and noise.svg; left out: only the table is printed.",
};
var root = new RootCommand(
    "Measures how often the intervals of surrogates cover what they claim, on functions drawn from known priors with known noise.")
{
    surrogates, priors, draws, points, seed, jobs, folder,
};
root.SetAction(result => CalibrationReport.Run(
    result.GetValue(surrogates)!.Split(','), result.GetValue(priors)!.Split(','), result.GetValue(draws), result.GetValue(points),
    result.GetValue(seed), result.GetValue(jobs), result.GetValue(folder)));
var trees = new Option<int>("--trees") { Description = "The number of trees.", DefaultValueFactory = _ => 100 };
var leaf = new Option<int?>("--least-leaf") { Description = "How many measurements a leaf holds at least; left out: chosen." };
var share = new Option<double>("--feature-share")
{
    Description = "Which share of the parameters each split may choose from.",
    DefaultValueFactory = _ => new RandomForestOptions().FeatureShare,
};
var predict = new Command("predict", "Fits a forest to each line {\"x\": rows, \"y\": numbers, \"at\": rows} and prints its means.")
{
    trees, leaf, share, seed,
};
predict.SetAction(result => ForestPredictions.Run(Console.In, Console.Out, new()
{
    Trees = result.GetValue(trees), LeastLeaf = result.GetValue(leaf), FeatureShare = result.GetValue(share),
}, result.GetValue(seed)));
root.Subcommands.Add(predict);
return await root.Parse(args).InvokeAsync();
