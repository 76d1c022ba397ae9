namespace Attune.Algorithms;

/// <summary>What kind of value an option takes.</summary>
public enum OptionType
{
    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A real number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>One of a few words.</summary>
    Choice,

    /// <summary>An object whose keys are names of the user's own, such as parameters, and whose values are whole numbers.</summary>
    IntegerMap,

    /// <summary>A list of objects; the description says what they hold.</summary>
    List,
}
