using System.IO.Enumeration;

namespace Attune.Problems;

/// <summary>Finds the problems that a person means by names, patterns and groups.</summary>
public static class ProblemSelection
{
    private const int MostListed = 30;

    /// <summary>Opens the problems that words mean.</summary>
    /// <param name="source">Where the problems come from.</param>
    /// <param name="words">Names, patterns such as <c>lcbench/*</c>, or names of groups.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The problems in the order of the words, each once.</returns>
    /// <exception cref="BenchmarkException">A word means no problem; the message lists what there is.</exception>
    public static async Task<IReadOnlyList<BenchmarkProblem>> SelectAsync(
        IProblemSource source, IEnumerable<string> words, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(words);
        var selected = new List<BenchmarkProblem>();
        foreach (var word in words)
        {
            // A name matches itself alone, so names and patterns are one case.
            var names = source.Names.Where(name => FileSystemName.MatchesSimpleExpression(word, name, ignoreCase: false)).ToArray();
            var found = names.Length > 0
                ? await OpenAsync(source, names, cancellationToken).ConfigureAwait(false)
                : await GroupAsync(source, word, cancellationToken).ConfigureAwait(false);
            if (found.Count == 0)
                throw new BenchmarkException(Unknown(source, word));
            selected.AddRange(found.Where(problem => !selected.Contains(problem)));
        }

        return selected;
    }

    private static string Unknown(IProblemSource source, string word)
    {
        var names = source.Names;
        var rest = names.Count <= MostListed ? "" : $" and {names.Count - MostListed} more, which 'attune bench list' shows";
        return $"There is no problem and no group '{word}'; the problems are {string.Join(", ", names.Take(MostListed))}{rest}.";
    }

    private static async Task<List<BenchmarkProblem>> GroupAsync(
        IProblemSource source, string group, CancellationToken cancellationToken) =>
        (await OpenAsync(source, source.Names, cancellationToken).ConfigureAwait(false)).FindAll(problem => problem.Group == group);

    private static async Task<List<BenchmarkProblem>> OpenAsync(
        IProblemSource source, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var problems = new List<BenchmarkProblem>();
        foreach (var name in names)
            problems.Add(await source.OpenAsync(name, cancellationToken).ConfigureAwait(false));
        return problems;
    }
}
