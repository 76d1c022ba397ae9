namespace Attune.Cli.Running;

/// <summary>What a person said to <c>run</c>.</summary>
/// <param name="File">The study file.</param>
/// <param name="Store">The store in place of the file's; null for nothing.</param>
/// <param name="Parallelism">How many at a time in place of the file's; null for nothing.</param>
/// <param name="Trials">The budget of trials in place of the file's; null for nothing.</param>
/// <param name="Time">The budget of time in place of the file's; null for nothing.</param>
/// <param name="IsQuiet">Whether only the end is shown.</param>
/// <param name="IsJson">Whether progress is JSON lines.</param>
internal sealed record RunInput(string File, string? Store, int? Parallelism, int? Trials, TimeSpan? Time, bool IsQuiet, bool IsJson)
{
    /// <summary>The words that name the same study to another command.</summary>
    internal string Words => Store is null ? Quoted(File) : $"{Quoted(File)} --store {Quoted(Store)}";

    private static string Quoted(string word) =>
        word.All(letter => char.IsLetterOrDigit(letter) || "-_./\\:+,@".Contains(letter, StringComparison.Ordinal)) ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
