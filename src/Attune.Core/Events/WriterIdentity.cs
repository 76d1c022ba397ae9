namespace Attune.Events;

/// <summary>Who writes to a journal: one study object in one process.</summary>
/// <param name="Name">Unique among the writers of the study.</param>
/// <param name="Host">The machine, including its boot, so that process numbers mean something.</param>
/// <param name="ProcessId">The process number on that host.</param>
/// <param name="ProcessStart">When the process started, in the host's own units; tells a reused number apart.</param>
/// <param name="Fingerprint">Attune's version, the runtime and the instruction set: proposals are bit-exact within one fingerprint.</param>
public sealed record WriterIdentity(string Name, string Host, int ProcessId, long ProcessStart, string Fingerprint);
