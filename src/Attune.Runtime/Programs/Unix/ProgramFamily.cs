namespace Attune.Programs.Unix;

/// <summary>A program and all that it started, as far as the system can tell.</summary>
/// <param name="processId">The number of the program, its group and its session.</param>
/// <param name="startTime">Its start, see <see cref="ProgramIdentity.StartTime"/>.</param>
internal sealed class ProgramFamily(int processId, long startTime)
{
    private readonly HashSet<(int Id, long StartTime)> _seen = [(processId, startTime)];

    /// <summary>
    /// Finds the living processes: the session, the group, and their descendants, even those with a session of their own, as long as the
    /// parents in between live or were seen by an earlier call. (An orphan with a session of its own has left the family for good.)
    /// </summary>
    public List<ProcessEntry> FindLiving() => Select(ProcessTable.ReadAll());

    internal List<ProcessEntry> Select(IReadOnlyList<ProcessEntry> table)
    {
        // The number of a session is not given away while a member lives. So if the number now belongs to another process, the session is
        // gone; if it belongs to none, every member of the session is ours.
        var isReused = table.Any(entry => entry.Id == processId && entry.StartTime != startTime);
        var family = new HashSet<int>();
        foreach (var entry in table)
        {
            var isMember = !isReused && (entry.SessionId == processId || entry.GroupId == processId) && entry.StartTime >= startTime;
            if (isMember || _seen.Contains((entry.Id, entry.StartTime)))
                family.Add(entry.Id);
        }

        for (var before = -1; before != family.Count;)
        {
            before = family.Count;
            foreach (var entry in table)
            {
                if (family.Contains(entry.ParentId) && entry.StartTime >= startTime)
                    family.Add(entry.Id);
            }
        }

        var living = table.Where(entry => family.Contains(entry.Id) && !entry.IsDead).ToList();
        foreach (var entry in living)
            _seen.Add((entry.Id, entry.StartTime));
        return living;
    }
}
