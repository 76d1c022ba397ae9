using System.Text;
using CsCheck;

namespace Attune.StudyFiles.Tests;

public sealed class StudyFileFuzzTests : IDisposable
{
    private const string Valid = """
        minimize: loss
        space:
          rate: float(1e-5, 0.1, log)
          model: [svm, logistic]
          gamma: {type: float, low: 0.1, high: 1, scale: log, step: 0.1, default: 0.3,
            prior: {center: 0.2, spread: 0.1}, when: model == 'svm'}
        forbidden: [{model: svm, rate: 0.1}]
        fidelity: {name: epochs, low: 1, high: 81}
        sampler: {name: grid, points: 7}
        budget: {trials: 50, time: 1h30m}
        command: "train --rate {rate} [--gamma {gamma}] {resource} '{model}'"
        final: ['x', &a "{rate}", [*a]]
        environment: {MODEL: '{model}'}
        metrics: {loss: 'loss (\S+)'}

        """;

    private static readonly string[] Parts =
        ["{", "}", "[", "]", ":", ": ", "- ", "'", "\"", "\n", "\t", "&a ", "*a", "!!str ", "|", ">", "#", "%", "?", ",", "0", "-1",
            "1e999", "~", "(", ")", "\\", "null", "true", ".nan", "{x}", "\ud83d\ude00"];

    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Load_AnyBytes_NeverThrows() => Gen.Byte.Array[0, 200].Sample(
        bytes =>
        {
            File.WriteAllBytes(_path, bytes);
            var result = StudyFile.Load(_path, TestMethods.All);
            return result.File is null == result.Mistakes.Count > 0;
        },
        iter: 500, threads: 1);

    [Fact]
    public void Parse_MutatedFile_NeverThrowsAndGivesFileOrMistakes()
    {
        var edit = Gen.Select(Gen.Int[0, Valid.Length - 1], Gen.Int[0, 12], OneOf(Parts));
        edit.List[1, 6].Sample(edits => IsSound(Mutate(edits)), iter: 5000);
    }

    [Fact]
    public void Parse_AnyText_NeverThrows() =>
        OneOf([.. Parts, "space", "minimize", "command", "x", " ", "  ", "\n  "]).List[0, 40].Sample(parts =>
            IsSound(string.Concat(parts)), iter: 5000);

    private static Gen<string> OneOf(string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static bool IsSound(string text)
    {
        var result = StudyFile.Parse(text, "study.yaml", TestMethods.All);
        if (result.File is { } file)
            _ = StudyFile.Parse(StudyFileWriter.Write(file.Name, file.ToDefinition()), "again.yaml", TestMethods.All).File
                ?? throw new InvalidOperationException("What was written cannot be read.");
        return (result.File is null) == (result.Mistakes.Count > 0) && result.Mistakes
            .All(mistake => mistake.Line >= 1 && mistake.Column >= 1 && mistake.Message.Length > 0);
    }

    private static string Mutate(List<(int Place, int Length, string Part)> edits)
    {
        var text = new StringBuilder(Valid);
        foreach (var (place, length, part) in edits)
        {
            var start = Math.Min(place, text.Length);
            text.Remove(start, Math.Min(length, text.Length - start)).Insert(start, part);
        }

        return text.ToString();
    }
}
