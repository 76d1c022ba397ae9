using System.Collections.Immutable;
using System.Reflection;
using Attune.Scheduling;

namespace Attune.Core.Tests.Trials;

public sealed class TrialEqualityTests
{
    private static readonly SearchSpace Space = new SearchSpaceBuilder().Float("x", 0, 1).Build();

    [Fact]
    public void Equals_OfTrialsMadeApart_ComparesByValue()
    {
        Assert.Equal(Make(), Make());
        Assert.Equal(Make().GetHashCode(), Make().GetHashCode());
        Assert.True(Make() == Make());
        Assert.False(Make().Equals(null));
    }

    [Fact]
    public void Equals_OneSettablePropertyDiffers_IsFalse()
    {
        var settable = typeof(Trial).GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).Where(property => property.CanWrite).ToArray();
        Assert.True(settable.Length >= 25);
        foreach (var property in settable)
        {
            var other = Make() with { };
            property.SetValue(other, Different(property));
            Assert.True(Make() != other, property.Name);
        }
    }

    [Fact]
    public void Equals_OfMeasurementLists_ComparesElementsAndLength()
    {
        var one = MeasurementList.Empty.Add(Measurement.Of("loss", 1));
        var two = one.Add(Measurement.Of("loss", 2));
        Assert.Equal(two, MeasurementList.Empty.Add(Measurement.Of("loss", 1)).Add(Measurement.Of("loss", 2)));
        Assert.NotEqual(one, two);
        Assert.NotEqual(two, one.Add(Measurement.Of("loss", 3)));
        Assert.NotEqual(MeasurementList.Empty, one);
    }

    private static object Different(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type switch
        {
            _ when type == typeof(int) => 77,
            _ when type == typeof(long) => 77L,
            _ when type == typeof(double) => 77.5,
            _ when type == typeof(bool) => !(bool)property.GetValue(Make())!,
            _ when type == typeof(string) => "different",
            _ when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch,
            _ when type == typeof(TrialOrigin) => TrialOrigin.Imported,
            _ when type == typeof(TrialState) => TrialState.Paused,
            _ when type == typeof(TrialDecision) => TrialDecision.Stop,
            _ when type == typeof(Configuration) => Space.Decode([0.75]),
            _ when type == typeof(Failure) => new Failure(FailureKind.Cancelled, "different"),
            _ when type == typeof(ScheduleStep) => new ScheduleStep(1, 1, 1, 1),
            _ when type == typeof(MeasurementList) => MeasurementList.Empty,
            _ when type == typeof(ImmutableArray<double>) => ImmutableArray.Create(77.5),
            _ when type == typeof(Spending) => new Spending(7, 7, 7, 7),
            _ => throw new InvalidOperationException($"Say here what a different {type} is."),
        };
    }

    private static Trial Make() => new()
    {
        Number = 1,
        Configuration = Space.Decode([0.25]),
        State = TrialState.Completed,
        Worker = new string('w', 2),
        Measurements = MeasurementList.Empty.Add(Measurement.Of("loss", 1, 2)),
        Losses = [1],
        Violations = [double.NaN],
        StartedAt = DateTimeOffset.UnixEpoch.AddDays(1),
    };
}
