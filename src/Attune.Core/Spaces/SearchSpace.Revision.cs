namespace Attune;

/// <content>Revisions of a space while a study runs.</content>
public sealed partial class SearchSpace
{
    /// <summary>
    /// Checks that this space is a legal revision of an earlier one: every parameter kept with its kind, ranges not narrower, choices
    /// only appended, and a value for each new parameter, which earlier trials take.
    /// </summary>
    /// <param name="earlier">The space before.</param>
    /// <param name="fill">The values that earlier trials take for new parameters.</param>
    /// <exception cref="SpaceException">The revision is not legal.</exception>
    public void CheckRevisionOf(SearchSpace earlier, IReadOnlyDictionary<string, ParameterValue> fill)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(fill);
        foreach (var before in earlier.Parameters)
        {
            if (!Contains(before.Name))
                throw new SpaceException(before.Name, "a revision may not remove a parameter.");
            var after = this[before.Name];
            if (after.Kind != before.Kind)
                throw new SpaceException(before.Name, $"a revision may not turn {before.Kind} into {after.Kind}.");
            var kept = (before, after) switch
            {
                (NumericParameter old, NumericParameter next) => next.Low <= old.Low && next.High >= old.High,
                (ChoiceParameter old, ChoiceParameter next) =>
                    next.Choices.Length >= old.Choices.Length
                        && next.Choices.AsSpan(0, old.Choices.Length).SequenceEqual(old.Choices.AsSpan()),
                _ => false,
            };
            if (!kept)
                throw new SpaceException(
                    before.Name, $"a revision may widen a range or append choices; {before.Describe()} became {after.Describe()}.");
        }

        foreach (var parameter in Parameters)
        {
            if (!earlier.Contains(parameter.Name) && !fill.ContainsKey(parameter.Name))
                throw new SpaceException(parameter.Name, "is new: name the value that earlier trials take.");
        }

        foreach (var (name, value) in fill)
        {
            this[name].ToNumber(value);
            if (earlier.Contains(name))
                throw new SpaceException(name, "is not new, so earlier trials have a value for it.");
        }
    }

    /// <summary>
    /// An earlier trial's configuration as a point of this space. It may lie outside of what is legal now, as history does.
    /// </summary>
    /// <param name="configuration">A configuration of an earlier revision.</param>
    /// <param name="fill">The values for parameters that the earlier space did not have.</param>
    public Configuration Adopt(Configuration configuration, IReadOnlyDictionary<string, ParameterValue> fill)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(fill);
        var numbers = new double[Dimensions];
        for (var i = 0; i < numbers.Length; i++)
        {
            var name = Parameters[i].Name;
            numbers[i] = !configuration.Space.Contains(name)
                ? fill.TryGetValue(name, out var value) ? Parameters[i].ToNumber(value) : Parameters[i].DefaultNumber
                : configuration.TryGet(name, out var kept) ? Adopted(Parameters[i], kept) : Parameters[i].DefaultNumber;
        }

        return Complete(numbers);
    }

    // New steps may not meet an old value: the nearest one stands for it.
    private static double Adopted(Parameter parameter, ParameterValue value) =>
        parameter is NumericParameter numeric
            ? numeric.FromUnit(numeric.ToUnit(value.AsDouble())) is var near && numeric.Check(value.AsDouble()) is null
            ? value.AsDouble() : near
        : parameter.ToNumber(value);
}
