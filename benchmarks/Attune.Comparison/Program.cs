using System.CommandLine;
using Attune.Comparison;

var problems = new Option<string>("--problems") { Description = "Test problems, separated by commas.", DefaultValueFactory = _ => "branin,hartmann6" };
var samplers = new Option<string>("--samplers") { Description = "Samplers, separated by commas; the first is compared with each other one.", DefaultValueFactory = _ => "gp-ucb,sobol,random" };
var trials = new Option<int>("--trials") { Description = "Trials per study.", DefaultValueFactory = _ => 50 };
var seeds = new Option<int>("--seeds") { Description = "Studies per sampler and problem, at most 24, because the test counts every pattern of signs.", DefaultValueFactory = _ => 20 };
var first = new Option<int>("--first-seed") { Description = "The first seed; the others follow.", DefaultValueFactory = _ => 0 };
var root = new RootCommand("Compares samplers by the best value found after equal numbers of trials.") { problems, samplers, trials, seeds, first };
root.SetAction((result, cancellationToken) => SamplerComparison.RunAsync(
    result.GetValue(problems)!.Split(','), result.GetValue(samplers)!.Split(','), result.GetValue(trials), result.GetValue(seeds), result.GetValue(first), cancellationToken));
return await root.Parse(args).InvokeAsync();
