using System.Text.Json.Serialization;

namespace Attune.Algorithms.Surrogates;

/// <summary>Where a Gaussian process takes the choices of an ordinal parameter to lie.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrdinalPlaces>))]
public enum OrdinalPlaces
{
    /// <summary>On a line in their order, evenly: neighbours are as close as any others.</summary>
    [JsonStringEnumMemberName("even")]
    Even,

    /// <summary>On a line in their order, with learned gaps: denser at one end, in the middle or at both ends.</summary>
    [JsonStringEnumMemberName("learned")]
    Learned,

    /// <summary>All at the same distance from one another, as the choices of a categorical parameter: their order means nothing.</summary>
    [JsonStringEnumMemberName("apart")]
    Apart,
}
