namespace Attune.Comparison;

/// <summary>Names a run: one method on one problem with one seed.</summary>
/// <param name="System">The system that ran it, such as <c>attune</c>.</param>
/// <param name="Sampler">Its sampler, with options that differ from the defaults.</param>
/// <param name="Problem">The name of the problem.</param>
/// <param name="Seed">The seed.</param>
public sealed record RunKey(string System, string Sampler, string Problem, long Seed)
{
    /// <summary>System and sampler in one word, as tables name methods.</summary>
    public string Method => $"{System}/{Sampler}";
}
