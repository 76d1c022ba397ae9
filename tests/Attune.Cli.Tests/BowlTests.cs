namespace Attune.Cli.Tests;

/// <summary>Tests of a study with one parameter and three trials, whose program and final command are shell scripts.</summary>
public abstract class BowlTests : IDisposable
{
    protected BowlTests()
    {
        Shell.Write("bowl.sh", "echo working on $1\nawk -v x=$1 'BEGIN { printf \"attune: {\\\"loss\\\": %.17g}\\n\", (x - 0.3) ^ 2 }'\n");
        Study("command: sh bowl.sh {x}\nfinal: sh final.sh {x}");
        Shell.Write("final.sh", "echo 'attune: {\"test_loss\": 0.5}'\n");
    }

    protected Shell Shell { get; } = new();

    public void Dispose()
    {
        Shell.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes the study file.</summary>
    protected void Study(string program, string space = "  x: float(0, 1)") => Shell.Write(
        "study.yaml", $"name: bowl\nminimize: loss\nspace:\n{space}\nsampler: sobol\nbudget: {{trials: 3}}\n{program}\n");
}
