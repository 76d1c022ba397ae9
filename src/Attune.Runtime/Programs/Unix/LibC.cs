using System.Runtime.InteropServices;

namespace Attune.Programs.Unix;

/// <summary>
/// The calls into the C library that programs are started and ended with. Constants that differ are those of Linux or macOS.
/// </summary>
internal static unsafe partial class LibC
{
    public const int SignalKill = 9;
    public const int InterruptedCall = 4;
    public const int MayExecute = 1;
    public const int WaitForProcess = 1;
    public const int WaitExited = 4;
    public const short PollIn = 1;

    /// <summary>Room for any of the opaque structures below, with some to spare.</summary>
    public const int OpaqueSize = 1024;

    private const string Library = "libc";

    public static int SignalContinue { get; } = OperatingSystem.IsMacOS() ? 19 : 18;

    /// <summary>WNOWAIT: tell that the child ended, but leave its number taken.</summary>
    public static int WaitNoCollect { get; } = OperatingSystem.IsMacOS() ? 0x20 : 0x0100_0000;

    /// <summary>
    /// SETSIGDEF | SETSIGMASK | SETSID, and on macOS CLOEXEC_DEFAULT, since pipes cannot be made close-on-exec at once there.
    /// </summary>
    public static short SpawnFlags { get; } = (short)(0x04 | 0x08 | (OperatingSystem.IsMacOS() ? 0x0400 | 0x4000 : 0x80));

    [LibraryImport(Library, EntryPoint = "kill", SetLastError = true)]
    public static partial int Kill(int processId, int signal);

    [LibraryImport(Library, EntryPoint = "waitid", SetLastError = true)]
    public static partial int WaitId(int idType, int id, byte* information, int options);

    [LibraryImport(Library, EntryPoint = "waitpid", SetLastError = true)]
    public static partial int WaitPid(int processId, int* status, int options);

    [LibraryImport(Library, EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Access(string path, int mode);

    [LibraryImport(Library, EntryPoint = "poll")]
    public static partial int Poll(PollDescriptor* descriptors, nuint count, int timeout);

    [LibraryImport(Library, EntryPoint = "read")]
    public static partial nint Read(int descriptor, byte* buffer, nuint count);

    [LibraryImport(Library, EntryPoint = "posix_spawn")]
    public static partial int Spawn(int* processId, byte* path, byte* actions, byte* attributes, byte** arguments, byte** environment);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_init")]
    public static partial int InitializeActions(byte* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_adddup2")]
    public static partial int AddDuplicate(byte* actions, int from, int to);

    [LibraryImport(Library, EntryPoint = "posix_spawn_file_actions_destroy")]
    public static partial int DestroyActions(byte* actions);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_init")]
    public static partial int InitializeAttributes(byte* attributes);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setflags")]
    public static partial int SetFlags(byte* attributes, short flags);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigmask")]
    public static partial int SetSignalMask(byte* attributes, byte* signals);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_setsigdefault")]
    public static partial int SetDefaultSignals(byte* attributes, byte* signals);

    [LibraryImport(Library, EntryPoint = "posix_spawnattr_destroy")]
    public static partial int DestroyAttributes(byte* attributes);

    [LibraryImport(Library, EntryPoint = "sigemptyset")]
    public static partial int EmptySignals(byte* signals);

    [LibraryImport(Library, EntryPoint = "sigaddset")]
    public static partial int AddSignal(byte* signals, int signal);

    /// <summary>The structure <c>pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
