using System.Text.Json;
using System.Text.Json.Serialization;

namespace Attune.Algorithms.Acquisition;

/// <summary>How the weight β of exploration grows with the number of trials.</summary>
[JsonConverter(typeof(ExplorationScheduleConverter))]
public enum ExplorationSchedule
{
    /// <summary>A fifth of the theoretical β: its authors scale it down by that much in their experiments, because the bound is loose
    /// (section 6).</summary>
    Practical,

    /// <summary>β = 2 log(d t² π² / (6δ)) (N. Srinivas, A. Krause, S. Kakade, M. Seeger, ICML 2010, theorem 1, with the number of
    /// parameters d for the size of the domain).</summary>
    Theoretical,
}

/// <summary>Writes schedules as words.</summary>
internal sealed class ExplorationScheduleConverter()
    : JsonStringEnumConverter<ExplorationSchedule>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false);
