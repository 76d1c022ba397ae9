using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Attune.Serialization;

namespace Attune.Execution;

/// <summary>The folder of a trial, or of a run beside the trials (set-up, final evaluation), and the files in it.</summary>
internal sealed class TrialFolder
{
    internal const string Continue = "continue";
    internal const string Pause = "pause";
    internal const string Stop = "stop";

    private TrialFolder(string root, string run) => (Root, Run) = (root, run);

    /// <summary>The folder that all attempts share.</summary>
    internal string Root { get; }

    /// <summary>The folder of this attempt.</summary>
    internal string Run { get; }

    internal string Output => Path.Combine(Run, "stdout.log");

    internal string Error => Path.Combine(Run, "stderr.log");

    internal string Config => Path.Combine(Run, "config.json");

    internal string Control => Path.Combine(Run, "control");

    internal string Warnings => Path.Combine(Run, "warnings.log");

    /// <summary>Where a checkpoint is kept, unless the program chose another place.</summary>
    internal string Checkpoint => Path.Combine(Root, "checkpoint");

    /// <summary>Prepares the folder for a run of a trial. What another study of the same name left there is set aside.</summary>
    /// <exception cref="IOException">The folder cannot be made or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be made or written.</exception>
    internal static TrialFolder ForTrial(string trialsFolder, string study, Assignment assignment)
    {
        var root = TrialRoot(trialsFolder, study, assignment.Trial);
        var owner = Path.Combine(root, "trial.json");
        if (Directory.Exists(root) && !IsEarlierRun(owner, assignment) && Directory.EnumerateFileSystemEntries(root).Any())
            SetAside(root);
        var attempt = string.Create(CultureInfo.InvariantCulture, $"attempt-{assignment.Attempt}");
        var folder = new TrialFolder(root, Path.Combine(root, attempt));
        Directory.CreateDirectory(folder.Run);
        Write(owner, writer =>
        {
            writer.WriteString("study", study);
            writer.WriteNumber("trial", assignment.Trial);
            writer.WriteNumber("seed", assignment.Seed);
            writer.WriteNumber("token", assignment.Token);
        });
        folder.WriteConfig(study, assignment);
        folder.WriteControl(Continue);
        return folder;
    }

    /// <summary>Prepares the folder for a run beside the trials, whose earlier logs are replaced.</summary>
    /// <exception cref="IOException">The folder cannot be made or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be made or written.</exception>
    internal static TrialFolder ForRun(string trialsFolder, string study, string name, Assignment? assignment)
    {
        var run = Path.Combine(trialsFolder, FolderName(study), FolderName(name));
        var folder = new TrialFolder(assignment is null ? run : TrialRoot(trialsFolder, study, assignment.Trial), run);
        Directory.CreateDirectory(run);
        foreach (var log in (ReadOnlySpan<string>)[folder.Output, folder.Error, folder.Warnings])
            File.Delete(log);
        if (assignment is not null)
            folder.WriteConfig(study, assignment);
        folder.WriteControl(Continue);
        return folder;
    }

    /// <summary>Tells a program that reads its control file what it is to do. It is replaced, so that nobody reads half a word.</summary>
    internal void WriteControl(string word) => Replace(Control, Encoding.UTF8.GetBytes(word + "\n"));

    /// <summary>Makes a name that is safe as the name of a folder: what is not is written as the percent signs of its bytes.</summary>
    internal static string FolderName(string name)
    {
        var safe = new StringBuilder(name.Length);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in name.EnumerateRunes())
        {
            var isSafe = Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '_' or ' ' || (rune.Value == '.' && safe.Length > 0);
            if (isSafe)
            {
                safe.Append(rune);
                continue;
            }

            foreach (var value in bytes[..rune.EncodeToUtf8(bytes)])
                safe.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
        }

        return safe.ToString();
    }

    private static string TrialRoot(string trialsFolder, string study, int trial) =>
        Path.Combine(trialsFolder, FolderName(study), string.Create(CultureInfo.InvariantCulture, $"trial-{trial:D5}"));

    /// <summary>Whether an earlier run of the same trial left the folder: tokens of a trial grow with every run.</summary>
    private static bool IsEarlierRun(string owner, Assignment assignment)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(owner));
            return document.RootElement.GetProperty("seed").GetInt32() == assignment.Seed
                && document.RootElement.GetProperty("token").GetInt32() < assignment.Token;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private static void SetAside(string root)
    {
        for (var number = 1; ; number++)
        {
            var aside = string.Create(CultureInfo.InvariantCulture, $"{root}.earlier-{number}");
            if (Directory.Exists(aside))
                continue;
            Directory.Move(root, aside);
            return;
        }
    }

    private void WriteConfig(string study, Assignment assignment) => Write(Config, writer =>
    {
        writer.WriteString("study", study);
        writer.WriteNumber("trial", assignment.Trial);
        writer.WriteNumber("attempt", assignment.Attempt);
        writer.WriteNumber("seed", assignment.Seed);
        WriteAmount(writer, "resource", assignment.Resource);
        WriteAmount(writer, "from_resource", assignment.FromResource);
        writer.WriteString("folder", Run);
        writer.WriteString("checkpoint", assignment.Checkpoint ?? Checkpoint);
        writer.WriteString("control", Control);
        writer.WritePropertyName("configuration");
        ConfigurationJson.Write(writer, assignment.Configuration);
    });

    private static void WriteAmount(Utf8JsonWriter writer, string name, double? amount)
    {
        if (amount is { } number)
            writer.WriteNumber(name, number);
        else
            writer.WriteNull(name);
    }

    private static void Write(string path, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        Replace(path, buffer.WrittenSpan);
    }

    private static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var draft = path + ".draft";
        File.WriteAllBytes(draft, content);
        File.Move(draft, path, overwrite: true);
    }
}
