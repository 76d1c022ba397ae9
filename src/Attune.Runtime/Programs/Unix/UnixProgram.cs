using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace Attune.Programs.Unix;

/// <summary>A program behind its gate, in a session of its own, as a child of this process.</summary>
internal sealed class UnixProgram : ProgramProcess
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AnonymousPipeServerStream _gate;
    private readonly PipeSource _output;
    private readonly PipeSource _error;
    private bool _isCollected;

    private UnixProgram(int processId, AnonymousPipeServerStream gate, PipeSource output, PipeSource error)
    {
        ProcessId = processId;
        _gate = gate;
        _output = output;
        _error = error;

        // Until it is collected, the child keeps its number, even when it has ended already.
        StartTime = ProcessTable.Find(processId)?.StartTime ?? 0;
        new Thread(WaitForEnd, maxStackSize: 256 * 1024) { IsBackground = true, Name = "attune program " + processId }.Start();
    }

    public override int ProcessId { get; }

    public override long StartTime { get; }

    public override OutputSource Output => _output;

    public override OutputSource Error => _error;

    public override Task Ended => _ended.Task;

    /// <returns>The program; null when the system refuses, with the number of the error in <paramref name="error"/>.</returns>
    public static UnixProgram? Start(IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment, out int error)
    {
        AnonymousPipeServerStream? gate = null;
        PipeSource? output = null;
        PipeSource? errors = null;
        try
        {
            gate = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.None);
            output = new PipeSource();
            errors = new PipeSource();
            var input = (int)gate.ClientSafePipeHandle.DangerousGetHandle();
            error = Spawn(command, environment, input, output.Writer, errors.Writer, out var processId);
            if (error == 0)
            {
                gate.DisposeLocalCopyOfClientHandle();
                output.CloseWriter();
                errors.CloseWriter();
                var program = new UnixProgram(processId, gate, output, errors);
                gate = null;
                output = errors = null;
                return program;
            }

            return null;
        }
        finally
        {
            gate?.Dispose();
            output?.Dispose();
            errors?.Dispose();
        }
    }

    public override void Open()
    {
        try
        {
            _gate.Write("open\n"u8);
        }
        catch (IOException)
        {
            // Somebody killed the shell at the gate; its end will tell.
        }

        _gate.Dispose();
    }

    public override Task<FamilyEnd> EndFamilyAsync(PoliteSignal? signal, TimeSpan grace, TimeProvider time, CancellationToken hurry)
    {
        // A look at the table of processes may miss who is just being forked; the kernel does not. The number of the group is safe to use
        // until the leader is collected.
        if (signal is null && !_isCollected)
            _ = LibC.Kill(-ProcessId, LibC.SignalKill);
        return new FamilyEnder(ProcessId, StartTime).EndAsync(signal, grace, time, hurry);
    }

    public override unsafe (int? ExitCode, int? Signal) Collect()
    {
        _isCollected = true;
        int status;
        int result;
        do
        {
            result = LibC.WaitPid(ProcessId, &status, 0);
        }
        while (result < 0 && Marshal.GetLastPInvokeError() == LibC.InterruptedCall);
        if (result < 0)
            return (null, null);
        var signal = status & 0x7f;
        return signal == 0 ? ((status >> 8) & 0xff, null) : (null, signal);
    }

    public override async ValueTask DisposeAsync()
    {
        _gate.Dispose();
        if (!_isCollected)
        {
            var end = await EndFamilyAsync(null, TimeSpan.Zero, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
            if (!end.Remaining.Contains(ProcessId))
            {
                await Ended.ConfigureAwait(false);
                Collect();
            }
        }

        _output.Dispose();
        _error.Dispose();
    }

    private static unsafe int Spawn(
        IReadOnlyList<string> command, IReadOnlyDictionary<string, string> environment,
        int input, int output, int errors, out int processId)
    {
        var actions = stackalloc byte[LibC.OpaqueSize];
        var attributes = stackalloc byte[LibC.OpaqueSize];
        var signals = stackalloc byte[LibC.OpaqueSize];
        using var arguments = new NativeStrings(command);
        using var variables = new NativeStrings([.. environment.Select(v => v.Key + "=" + v.Value)]);

        _ = LibC.InitializeActions(actions);
        _ = LibC.AddDuplicate(actions, input, 0);
        _ = LibC.AddDuplicate(actions, output, 1);
        _ = LibC.AddDuplicate(actions, errors, 2);
        _ = LibC.InitializeAttributes(attributes);
        _ = LibC.SetFlags(attributes, LibC.SpawnFlags);
        _ = LibC.EmptySignals(signals);
        _ = LibC.SetSignalMask(attributes, signals);

        // Ignored signals are inherited (.NET ignores SIGPIPE, nohup SIGHUP); a program expects the defaults: HUP, INT, QUIT, PIPE, TERM.
        foreach (var signal in (ReadOnlySpan<int>)[1, 2, 3, 13, 15])
            _ = LibC.AddSignal(signals, signal);
        _ = LibC.SetDefaultSignals(attributes, signals);
        try
        {
            var id = 0;
            var result = LibC.Spawn(&id, arguments.Pointers[0], actions, attributes, arguments.Pointers, variables.Pointers);
            processId = id;
            return result;
        }
        finally
        {
            _ = LibC.DestroyActions(actions);
            _ = LibC.DestroyAttributes(attributes);
        }
    }

    private unsafe void WaitForEnd()
    {
        var information = stackalloc byte[LibC.OpaqueSize];
        while (LibC.WaitId(LibC.WaitForProcess, ProcessId, information, LibC.WaitExited | LibC.WaitNoCollect) < 0
            && Marshal.GetLastPInvokeError() == LibC.InterruptedCall)
        {
        }

        _ended.SetResult();
    }
}
