namespace Attune.Programs.Unix;

/// <summary>A line of the system's table of processes.</summary>
/// <param name="Id">The process number.</param>
/// <param name="ParentId">The number of the parent.</param>
/// <param name="GroupId">The number of the process group.</param>
/// <param name="SessionId">The number of the session; on macOS, which does not tell it, the number of the group.</param>
/// <param name="StartTime">The start, in the unit of <see cref="ProgramIdentity.StartTime"/>.</param>
/// <param name="IsDead">Whether it has ended and only waits to be collected by its parent.</param>
internal readonly record struct ProcessEntry(int Id, int ParentId, int GroupId, int SessionId, long StartTime, bool IsDead);
