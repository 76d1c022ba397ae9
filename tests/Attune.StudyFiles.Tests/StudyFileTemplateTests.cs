using CsCheck;

namespace Attune.StudyFiles.Tests;

public sealed class StudyFileTemplateTests
{
    [Fact]
    public void Write_OptionsWithNumbers_BecomeParameters()
    {
        var file = Valid(new(["python", "train.py", "--rate", "0.01", "--layers=4", "--seed", "7", "--fast", "true", "data set.csv"]));

        Assert.Equal("python train.py --rate {rate} --layers={layers} --seed {seed} --fast {fast} 'data set.csv'",
            file.Program!.Command.Line);
        Assert.Equal(
            ["rate: float 0.001 … 0.1, log", "layers: int 1 … 16, log", "fast: categorical false | true"],
            file.Problem.Space.Parameters.Select(parameter => parameter.ToString()));
    }

    [Fact]
    public void Write_Placeholders_BecomeParametersAndNumbersStay()
    {
        var file = Valid(new(["train", "--rate", "{rate}", "--epochs", "10", "{seed}"]) { Name = "mine", Metric = "accuracy",
            Direction = Direction.Maximize });

        Assert.Equal("train --rate {rate} --epochs 10 {seed}", file.Program!.Command.Line);
        Assert.Equal(("mine", Direction.Maximize), (file.Name, file.Problem.Objectives[0].Direction));
        Assert.Equal(["rate"], file.Problem.Space.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Write_GivenParameters_StandAsTheyAre()
    {
        var file = Valid(new(["train", "{rate}"]) { Parameters = new Dictionary<string, string> { ["rate"] = "float(1e-5, 0.1, log)" } });

        Assert.Equal(["rate: float 1e-05 … 0.1, log"], file.Problem.Space.Parameters.Select(parameter => parameter.ToString()));
    }

    [Fact]
    public void Write_EmptyCommand_IsRefused() => Assert.Throws<ArgumentException>(() => StudyFileTemplate.Write(new([])));

    [Theory]
    [InlineData("en-US")]
    [InlineData("de-DE")]
    public void Write_AnyArguments_GivesAFileWithoutMistakesThatPassesThemOn(string culture) =>
        Gen.Char["ab0.5-=': \"\\#[]%é|&\n"].Array[1, 12].Select(letters => new string(letters)).Array[1, 4].Sample(
            arguments => Cultures.Under(culture, () =>
            {
                var file = Valid(new(["run", .. arguments]));
                var rendered = file.Program!.Command.ToTemplate().Render(file.Problem.Space.Parameters
                    .ToDictionary(parameter => parameter.Name, _ => "7"));
                return rendered[0] == "run" && rendered.Count >= arguments.Length + 1;
            }),
            iter: 500, threads: 1);

    private static StudyFile Valid(StudyFileDraft draft)
    {
        var text = StudyFileTemplate.Write(draft);
        var result = StudyFile.Parse(text, "study.yaml", TestMethods.All);
        Assert.True(result.Mistakes.Count == 0 && result.Warnings.Count == 0, string.Join('\n', result.Mistakes.Concat(result.Warnings))
            + "\n" + text);
        return result.File!;
    }
}
