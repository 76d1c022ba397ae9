using Attune.Packing;

namespace Attune.Core.Tests.Events;

public sealed class ReferenceTableTests
{
    [Fact]
    public void Find_AmongManyDifferentItems_ComparesWithFewOfThem()
    {
        // Trials that all report different metrics must not make packing quadratic.
        const int Count = 3_000;
        var table = new ReferenceTable();
        var comparisons = 0;
        for (var i = 0; i < Count; i++)
        {
            var name = $"metric {i}";
            Assert.Equal(-1, table.Find<string, string>(name, (item, sought) =>
            {
                comparisons++;
                return item == sought;
            }));
            table.Add(name);
        }

        Assert.InRange(comparisons, 1, 20 * Count);
    }

    [Fact]
    public void Intern_EqualItemsSoonAfterEachOther_AreKeptOnce()
    {
        var table = new ReferenceTable();
        var first = table.Intern(new ScheduleStep(0, 0, 0, 1));
        var second = table.Intern(new ScheduleStep(0, 1, 1, 3));
        Assert.Equal((first, second), (table.Intern(new ScheduleStep(0, 0, 0, 1)), table.Intern(new ScheduleStep(0, 1, 1, 3))));
        Assert.Equal(2, table.ToArray().Length);
        Assert.Equal(table.InternNames(new("loss", 1)), table.InternNames(new("loss", 2)));
        Assert.NotEqual(table.InternNames(new("loss", 1)), table.InternNames(new("accuracy", 1)));
    }
}
